import { expect, it } from "vitest";
import { distribution } from "../../src/mpi/distribution.js";
import { run } from "./support/run.js";
import { scenarios } from "./support/scenarios.js";
import { sharedMemory, ThreadCollective } from "./support/thread-collective.js";
import { threads } from "./support/together.js";

const alone = () => distribution(new ThreadCollective(sharedMemory(1), 0, 1));
const together = threads("./rank.ts");

it.each(Object.keys(scenarios))("is the same in 1, 2 and 4 processes, byte for byte: %s", async (name) => {
  const one = await run(name, alone());
  expect(one.numbers.every(Number.isFinite)).toBe(true);
  for (const size of [2, 4]) {
    for (const answer of await together(size, { name })) {
      if ("error" in answer) throw new Error(answer.error);
      expect(answer.outcome.bytes === one.bytes).toBe(true);
      // What layers add to the loss is summed in each process, and reported to the last digit but one.
      if (name !== "penalties of layers") {
        expect(answer.outcome.history).toEqual(one.history);
        expect(answer.outcome.checkpoint === one.checkpoint).toBe(true);
      } else expect(answer.outcome.history.loss[1]).toBeCloseTo(one.history.loss[1], 12);
    }
  }
});

it.each(Object.keys(scenarios))(
  "is what one process does without `distribute`, to 1e-6: %s",
  async (name) => {
    const [plain, one] = [await run(name), await run(name, alone())];
    const distance = Math.hypot(...plain.numbers.map((x, i) => x - one.numbers[i]));
    expect(distance / Math.hypot(...plain.numbers)).toBeLessThan(1e-6);
    expect(Object.keys(one.history)).toEqual(Object.keys(plain.history));
    for (const [key, values] of Object.entries(plain.history)) {
      for (const [i, value] of values.entries()) expect(one.history[key][i]).toBeCloseTo(value, 5);
    }
  },
);
