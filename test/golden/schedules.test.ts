import type { Schedule } from "chainrule";
import { describe, expect, it } from "vitest";
import * as schedules from "../../src/schedules.js";
import { expectGolden, readGolden } from "../kernels/compare.js";

interface Case {
  type: string;
  options: object;
  rates: number[];
}

const { cases } = readGolden<{ cases: Case[] }>("schedules");
const more = readGolden<{ cases: Case[] }>("more_schedules").cases; // test/golden/more-schedules.test.ts
const { rateAt, ...factories } = schedules;

describe("schedules as in PyTorch", () => {
  it.each(cases.map((c) => [c.type, c] as const))("%s", (type, { options, rates }) => {
    const schedule = (factories as unknown as Record<string, (options: object) => Schedule>)[type](options);
    expectGolden(
      "rates",
      rates.map((_, step) => schedule(step)),
      rates,
      "float64",
    );
  });

  it("has golden numbers of every schedule that bends", () => {
    const golden = new Set([...cases, ...more].map(({ type }) => type));
    const straight = ["chain", "constantRate", "warmup"]; // other tests have these, by their formula
    expect(Object.keys(factories).filter((name) => !golden.has(name))).toEqual(straight);
  });
});
