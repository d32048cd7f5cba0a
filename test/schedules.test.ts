import { constantRate, cosineDecay, exponentialDecay, type Schedule, stepDecay, warmup } from "chainrule";
import { describe, expect, it } from "vitest";
import { rateAt } from "../src/schedules.js";

const rates = (schedule: Schedule, count: number) =>
  Array.from({ length: count }, (_, step) => schedule(step));

// PyTorch's numbers for the bent ones are in test/golden.

it("constantRate is the same for every step", () => {
  expect(rates(constantRate({ rate: 0.3 }), 3)).toEqual([0.3, 0.3, 0.3]);
});

it("stepDecay falls after every so many steps", () => {
  expect(rates(stepDecay({ initial: 8, every: 2, factor: 0.5 }), 6)).toEqual([8, 8, 4, 4, 2, 2]);
  expect(rates(stepDecay({ initial: 8, every: 1, factor: 0 }), 3)).toEqual([8, 0, 0]);
});

it("exponentialDecay falls a little at every step, by `factor` in each `every` steps", () => {
  const halving = exponentialDecay({ initial: 4, factor: 0.25, every: 2 });
  expect(rates(halving, 5)).toEqual([4, 2, 1, 0.5, 0.25]);
  expect(exponentialDecay({ initial: 1, factor: 0.5 })(3)).toBe(0.125);
});

it("cosineDecay is at its middle in the middle, and stays at the end", () => {
  const schedule = cosineDecay({ initial: 3, steps: 4, final: 1 });
  expect([schedule(0), schedule(2), schedule(4), schedule(5), schedule(1e9)]).toEqual([3, 2, 1, 1, 1]);
  expect(schedule(1)).toBeCloseTo(2 + Math.SQRT1_2, 14);
  expect(cosineDecay({ initial: 1, steps: 10 })(10)).toBe(0);
});

describe("warmup", () => {
  it("climbs evenly to the rate, and reaches it with the last of its steps", () => {
    expect(rates(warmup({ steps: 4, rate: 0.8 }), 6)).toEqual(
      [0.2, 0.4, 0.8 * (3 / 4), 0.8, 0.8, 0.8].map(near),
    );
    expect(rates(warmup({ steps: 1, rate: 2 }), 2)).toEqual([2, 2]);
  });

  it("starts the schedule behind it from its own start", () => {
    const after = stepDecay({ initial: 1, every: 2, factor: 0.5 });
    expect(rates(warmup({ steps: 2, rate: after }), 6)).toEqual([0.5, 1, 1, 1, 0.5, 0.5]);
  });
});

/** Asymmetric matcher for a number a rounding away. */
const near = (x: number): number => expect.closeTo(x, 14) as unknown as number;

describe("rateAt", () => {
  it("takes a number or a schedule", () => {
    expect([rateAt(0.1, 7), rateAt((step) => step / 2, 7), rateAt(0, 0)]).toEqual([0.1, 3.5, 0]);
  });

  it.each([-0.1, Number.NaN, Infinity, undefined, "0.1"])("refuses a schedule that returns %s", (rate) => {
    const schedule = () => rate as never;
    expect(() => rateAt(schedule, 3)).toThrow(
      /^A schedule expects to return a finite rate .*, but got .* at step 3\.$/,
    );
    expect(() => warmup({ steps: 2, rate: schedule })(0)).toThrow(/^A schedule expects/);
  });
});

it.each<[RegExp, () => unknown]>([
  [
    /^constantRate expects `rate` to be a finite number of at least 0, but got -1/,
    () => constantRate({ rate: -1 }),
  ],
  [
    /^stepDecay expects `every` to be a whole number of at least 1/,
    () => stepDecay({ initial: 1, every: 0, factor: 1 }),
  ],
  [/^stepDecay expects `every` to be a whole number/, () => stepDecay({ initial: 1, every: 1.5, factor: 1 })],
  [/^exponentialDecay expects `initial` to be/, () => exponentialDecay({ initial: Number.NaN, factor: 1 })],
  [
    /^cosineDecay expects `steps` to be a whole number of at least 1/,
    () => cosineDecay({ initial: 1, steps: 0 }),
  ],
  [/"step"\. Did you mean "steps"\?$/, () => cosineDecay({ initial: 1, step: 9 } as never)],
  [
    /^warmup expects `rate` to be .*, or a schedule, but got "fast"/,
    () => warmup({ steps: 3, rate: "fast" as never }),
  ],
])("wrong options: %s", (message, make) => {
  expect(make).toThrow(message);
});

it("schedules say how to make them again", () => {
  const options = { initial: 1, steps: 5 };
  const [cosine, climbing] = [cosineDecay(options), warmup({ steps: 1, rate: 1 })];
  expect([cosine.type, cosine.options]).toEqual(["cosineDecay", options]);
  expect([climbing.type, climbing.options]).toEqual(["warmup", { steps: 1, rate: 1 }]);
});
