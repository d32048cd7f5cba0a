import type { Schedule } from "chainrule";
import { describe, expect, it } from "vitest";
import {
  chain,
  cosineRestarts,
  cyclic,
  inverseTimeDecay,
  multiStepDecay,
  noam,
  oneCycle,
  polynomialDecay,
  stepDecay,
  warmup,
} from "../src/schedules.js";

const rates = (schedule: Schedule, count: number) =>
  Array.from({ length: count }, (_, step) => schedule(step));

// PyTorch's numbers are in test/golden.

it("multiStepDecay falls at its milestones, in whatever order they are told", () => {
  const schedule = multiStepDecay({ initial: 8, milestones: [4, 2, 4], factor: 0.5 });
  expect(rates(schedule, 6)).toEqual([8, 8, 4, 4, 1, 1]);
  expect(rates(multiStepDecay({ initial: 8, milestones: [], factor: 0.5 }), 2)).toEqual([8, 8]);
});

it("multiStepDecay does not see later changes of its list", () => {
  const milestones = [2];
  const schedule = multiStepDecay({ initial: 8, milestones, factor: 0.5 });
  milestones.push(0);
  expect(schedule(1)).toBe(8);
  expect(schedule.options).toEqual({ initial: 8, milestones: [2], factor: 0.5 });
});

it("inverseTimeDecay halves when decay · t / every is 1", () => {
  expect(rates(inverseTimeDecay({ initial: 6, every: 2, decay: 2 }), 3)).toEqual([6, 3, 2]);
});

it("polynomialDecay goes to its end, and stays there", () => {
  expect(rates(polynomialDecay({ initial: 5, final: 1, steps: 4 }), 6)).toEqual([5, 4, 3, 2, 1, 1]);
  // 1 + 4·(1 − t/4)²
  expect(rates(polynomialDecay({ initial: 5, final: 1, steps: 4, power: 2 }), 5)).toEqual([
    5, 3.25, 2, 1.25, 1,
  ]);
  expect(polynomialDecay({ initial: 5, steps: 4, power: 0.5 })(1e15)).toBe(0);
});

describe("cosineRestarts", () => {
  it("starts anew, each time longer and from lower", () => {
    const schedule = cosineRestarts({ initial: 8, steps: 2, growth: 2, factor: 0.5 });
    // Cycles of 2, 4 and 8 steps, from 8, 4 and 2; (1 + cos(π/2)) / 2 = 1/2 in the midst of each.
    expect([0, 1, 2, 4, 6, 10].map(schedule)).toEqual([8, 4, 4, 2, 2, 1]);
  });

  it("finds its cycle at once, however late", () => {
    const schedule = cosineRestarts({ initial: 1, steps: 10 });
    expect([schedule(1e15), schedule(1e15 + 5)]).toEqual([1, 0.5]);
    expect(cosineRestarts({ initial: 1, steps: 1, growth: 2 })(2 ** 50 - 1)).toBe(1);
  });
});

describe("oneCycle", () => {
  it("rises and falls along straight lines", () => {
    const options = { peak: 8, steps: 9, warmupShare: 5 / 9, initialDivisor: 8, finalDivisor: 4 };
    const schedule = oneCycle({ ...options, shape: "linear" });
    // From 1 to 8 in 4 steps, from 8 to 1/4 in 4.
    const want = [1, 2.75, 4.5, 6.25, 8, 6.0625, 4.125, 2.1875, 0.25, 0.25];
    expect(rates(schedule, 10).map((rate, i) => Math.abs(rate - want[i]) < 1e-14)).not.toContain(false);
  });

  it("of one step is over at once", () => {
    expect(oneCycle({ peak: 1, steps: 1 })(0)).toBeCloseTo(1 / 25 / 1e4, 18);
  });

  it("whose rise ends at its first step starts at the peak", () => {
    expect(oneCycle({ peak: 1, steps: 4, warmupShare: 0.25 })(0)).toBe(1);
  });
});

it("cyclic goes up and down, halving or shrinking", () => {
  const options = { low: 1, high: 5, up: 2, down: 4 };
  expect(rates(cyclic(options), 9)).toEqual([1, 3, 5, 4, 3, 2, 1, 3, 5]);
  expect(rates(cyclic({ ...options, mode: "triangular2" }), 9)).toEqual([1, 3, 5, 4, 3, 2, 1, 2, 3]);
  const shrinking = cyclic({ low: 0, high: 8, up: 1, mode: "exponential", factor: 0.5 });
  expect(rates(shrinking, 6)).toEqual([0, 4, 0, 1, 0, 0.25]);
});

it("noam is largest at the end of its warmup", () => {
  const schedule = noam({ units: 4, warmup: 4, scale: 2 });
  // 2 · 4^−½ · min(s^−½, s · 4^−1.5), s = t + 1
  expect([0, 1, 3, 15].map(schedule)).toEqual([1 / 8, 2 / 8, 1 / 2, 1 / 4]);
});

describe("chain", () => {
  it("runs each from its own start, the last for ever", () => {
    const falling = stepDecay({ initial: 8, every: 1, factor: 0.5 });
    const schedule = chain([{ steps: 2, rate: 1 }, { steps: 3, rate: falling }, falling]);
    expect(rates(schedule, 9)).toEqual([1, 1, 8, 4, 2, 8, 4, 2, 1]);
  });

  it("of a rate alone is that rate, and chains nest", () => {
    expect(rates(chain([0.5]), 2)).toEqual([0.5, 0.5]);
    const inner = chain([{ steps: 1, rate: 3 }, 4]);
    expect(rates(chain([{ steps: 2, rate: inner }, inner]), 5)).toEqual([3, 4, 3, 4, 4]);
    expect(rates(warmup({ steps: 2, rate: inner }), 4)).toEqual([1.5, 3, 3, 4]);
  });

  it("says how to make it again, and does not see later changes of its list", () => {
    const stages: [{ steps: number; rate: number }, number] = [{ steps: 1, rate: 3 }, 4];
    const schedule = chain(stages);
    expect([schedule.type, schedule.options]).toEqual(["chain", [{ steps: 1, rate: 3 }, 4]]);
    stages[1] = 9;
    stages[0].steps = 2;
    expect(schedule(1)).toBe(4);
    expect(chain(schedule.options as never)(0)).toBe(3);
  });

  it.each<[RegExp, unknown]>([
    [/^chain expects a list of stages, but got an object/, { steps: 1, rate: 1 }],
    [/^chain expects its last to be .*, or a schedule, but got undefined/, []],
    [/^chain expects its last to be .*, but got an object \{steps, rate\}/, [{ steps: 1, rate: 1 }]],
    [/^chain, stage 0, expects an options object, but got 0.1/, [0.1, 0.2]],
    [
      /^chain, stage 1, expects `steps` to be .* at least 1/,
      [{ steps: 1, rate: 1 }, { steps: 0, rate: 1 }, 1],
    ],
    [/"rates"\. Did you mean "rate"\?$/, [{ steps: 1, rates: 1 }, 1]],
  ])("refuses what is no chain: %s", (message, stages) => {
    expect(() => chain(stages as never)).toThrow(message);
  });

  it("refuses a stage that returns no rate", () => {
    expect(() => chain([{ steps: 1, rate: () => Number.NaN }, 1])(0)).toThrow(/^A schedule expects/);
  });
});

it.each<[RegExp, () => unknown]>([
  [
    /^multiStepDecay expects `milestones` to be a list/,
    () => multiStepDecay({ initial: 1, milestones: [1.5], factor: 1 }),
  ],
  [/^multiStepDecay expects `factor`/, () => multiStepDecay({ initial: 1, milestones: [1] } as never)],
  [
    /^inverseTimeDecay expects `every` to be .* above 0/,
    () => inverseTimeDecay({ initial: 1, every: 0, decay: 1 }),
  ],
  [
    /^polynomialDecay expects `power` to be .* above 0/,
    () => polynomialDecay({ initial: 1, steps: 2, power: 0 }),
  ],
  [
    /^cosineRestarts expects `growth` to be a whole/,
    () => cosineRestarts({ initial: 1, steps: 2, growth: 1.5 }),
  ],
  [
    /^oneCycle expects `warmupShare` to be a number from 0/,
    () => oneCycle({ peak: 1, steps: 2, warmupShare: 1 }),
  ],
  [
    /^oneCycle expects `shape` to be one of "cosine"/,
    () => oneCycle({ peak: 1, steps: 2, shape: "cos" as never }),
  ],
  [/^cyclic expects `mode` to be one of/, () => cyclic({ low: 1, high: 2, up: 3, mode: "saw" as never })],
  [/^cyclic expects `down` to be a whole number/, () => cyclic({ low: 1, high: 2, up: 3, down: 0 })],
  [/^noam expects `units` to be a whole number/, () => noam({ units: 0, warmup: 1 })],
])("wrong options: %s", (message, make) => {
  expect(make).toThrow(message);
});
