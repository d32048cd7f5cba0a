import type { Schedule } from "chainrule";
import { describe, expect, it } from "vitest";
import * as schedules from "../../src/schedules.js";
import { expectGolden, readGolden } from "../kernels/compare.js";

interface Case {
  type: string;
  options: object;
  rates: number[];
}

const { cases } = readGolden<{ cases: Case[] }>("more_schedules");
const factories = schedules as unknown as Record<string, (options: object) => Schedule>;

describe("more schedules as in PyTorch", () => {
  it.each(cases.map((c) => [c.type, JSON.stringify(c.options), c] as const))(
    "%s %s",
    (type, _, { options, rates }) => {
      const schedule = factories[type](options);
      const got = rates.map((_, step) => schedule(step));
      expectGolden("rates", got, rates, "float64");
      // Whoever asks, in whatever order: the same.
      expect(rates.map((_, i) => schedule(rates.length - 1 - i)).reverse()).toEqual(got);
    },
  );
});
