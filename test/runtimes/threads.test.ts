import { describe, expect, inject, it } from "vitest";
import { bun, deno, engines, here, node24 } from "./support/engines.js";
import { runScript } from "./support/run-script.js";

const { consumer } = inject("installed");

// That each of these scripts ends by itself, though it trained on threads, is what runScript waits for.

it.each(engines)("$name keeps its bits when the threads change", async (engine) => {
  const learned = await runScript<Record<"exact" | "fast", number[]>>(engine, "change.mjs", {}, consumer);
  const { exact, fast } = learned;
  expect(exact).toEqual(Array(6).fill(exact[0]));
  expect(fast).toEqual(engine.fused ? Array(6).fill(fast[0]) : []);
  expect(fast[0]).not.toBe(exact[0]);
});

interface Loss {
  readonly right: number;
  readonly meanwhile: number | string;
  readonly next: number | string;
  /** How many threads were started before the last training. */
  readonly started: number;
}

describe.each([here, node24, bun, deno])("$name, of a thread that is lost,", (engine) => {
  const lose = (way: string, delay = 0) => {
    // Deno says what a thread threw, whoever listens.
    const isHarm = (line: string) => engine === deno && /a broken thread|web_worker/.test(line);
    return runScript<Loss>(engine, "lost.mjs", { way, delay }, consumer, isHarm);
  };

  it("notices the end between two jobs, and goes on", async () => {
    const { right, meanwhile, next, started } = await lose("betweenJobs");
    expect([meanwhile, next]).toEqual([right, right]);
    expect(started, "two threads, and two in their place").toBe(4);
  });

  it.each([0, 20])("survives the end at any time: after %i ms", async (delay) => {
    const { right, meanwhile, next } = await lose("atAnyTime", delay);
    expect([right, expect.stringMatching(incomplete)]).toContainEqual(meanwhile);
    expect(next).toBe(right);
  });

  it.each(["throwing", "exiting"])("says so when it is lost %s in a kernel, and goes on", async (way) => {
    const { right, meanwhile, next } = await lose(way);
    expect(meanwhile).toMatch(incomplete);
    expect(next).toBe(right);
  });

  it("does without, and gives up soon, where none can start", async () => {
    const { right, meanwhile, next, started } = await lose("atStart");
    expect([meanwhile, next]).toEqual([right, right]);
    expect(started).toBeGreaterThan(0);
    expect(started).toBeLessThanOrEqual(8);
  });
});

const incomplete =
  /^A job on threads expects every thread to finish its part, but got one that did not\. The result is incomplete: /;
