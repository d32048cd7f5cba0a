import { type Batch, type Dataset, Matrix } from "chainrule";
import { describe, expect, it } from "vitest";
import { isDataset, isOneShot } from "../../src/data/dataset.js";
import { peek } from "../../src/data/peek.js";

const batchOf = (n: number): Batch => ({ x: Matrix.full(1, 1, n), y: Matrix.full(1, 1, n) });
const numberOf = ({ x }: Batch) => x.at(0, 0);

/** A dataset of three batches that can be gone through again and again, and counts how often that began and ended. */
function counted(count = 3) {
  const seen = { opened: 0, closed: 0 };
  const data: Dataset = {
    *[Symbol.iterator]() {
      seen.opened++;
      try {
        for (let n = 1; n <= count; n++) yield batchOf(n);
      } finally {
        seen.closed++;
      }
    },
  };
  return { seen, data };
}

async function numbersOf(data: Dataset): Promise<number[]> {
  const numbers: number[] = [];
  for await (const batch of data) numbers.push(numberOf(batch));
  return numbers;
}

describe("peek", () => {
  it("shows the first batch, and leaves all of them", async () => {
    const { seen, data } = counted();
    await peek(data, async (first, all) => {
      expect(first.done).toBe(false);
      expect(numberOf(first.value)).toBe(1);
      expect(await numbersOf(all)).toEqual([1, 2, 3]);
    });
    expect(seen).toEqual({ opened: 1, closed: 1 });
  });

  it("leaves a generator whole, which cannot start anew", async () => {
    async function* once() {
      for (let n = 1; n <= 3; n++) yield batchOf(n);
    }
    expect(await peek(once(), (_, all) => numbersOf(all))).toEqual([1, 2, 3]);
  });

  it("opens a source that can start anew for every later pass", async () => {
    const { seen, data } = counted();
    const passes = await peek(data, async (_, all) => [await numbersOf(all), await numbersOf(all)]);
    expect(passes).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
    expect(seen).toEqual({ opened: 2, closed: 2 });
  });

  it("shows nothing of an empty dataset", async () => {
    const { data } = counted(0);
    const found = await peek(data, async (first, all) => [first.done, await numbersOf(all)]);
    expect(found).toEqual([true, []]);
  });

  it("closes a source that nobody goes on with", async () => {
    const { seen, data } = counted();
    await peek(data, () => {});
    expect(seen).toEqual({ opened: 1, closed: 1 });
    await expect(
      peek(data, () => {
        throw new Error("no");
      }),
    ).rejects.toThrow("no");
    expect(seen).toEqual({ opened: 2, closed: 2 });
  });

  it("closes a source that is left in the middle", async () => {
    const { seen, data } = counted();
    await peek(data, async (_, all) => {
      for await (const batch of all) if (numberOf(batch) === 2) break;
    });
    expect(seen).toEqual({ opened: 1, closed: 1 });
  });

  it("stops waiting when the signal says so", async () => {
    const never: Dataset = {
      [Symbol.asyncIterator]: () => ({ next: () => new Promise<IteratorResult<Batch>>(() => {}) }),
    };
    const control = new AbortController();
    const waiting = peek(never, () => {}, control.signal);
    control.abort(new Error("enough"));
    await expect(waiting).rejects.toThrow("enough");
  });
});

describe("what is a dataset", () => {
  it("tells batches from one piece, and what can be gone through once from what starts anew", () => {
    const generator = (function* () {
      yield batchOf(1);
    })();
    expect([isDataset([batchOf(1)]), isDataset(generator), isDataset(counted().data)]).toEqual([
      true,
      true,
      true,
    ]);
    expect([isDataset(batchOf(1)), isDataset(null), isDataset("batches")]).toEqual([false, false, false]);
    expect([isOneShot(generator), isOneShot([batchOf(1)]), isOneShot(counted().data)]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
