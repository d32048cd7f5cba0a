import { type Batch, Matrix } from "chainrule";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rebatch } from "../../src/data/rebatch.js";

/** Rows numbered from `start`: x [n, n + ½], y [−n], weight n or none. */
function numbered(start: number, rows: number, weighted = true): Batch {
  const numbers = Array.from({ length: rows }, (_, i) => start + i);
  const x = Matrix.zeros(rows, 2).map((_, r, c) => numbers[r] + c / 2);
  const y = Matrix.zeros(rows, 1).map((_, r) => -numbers[r]);
  return weighted ? { x, y, sampleWeight: y.mul(-1) } : { x, y };
}

/** Batches of these sizes, all rows numbered on. */
function batchesOf(sizes: readonly number[]): Batch[] {
  let start = 0;
  return sizes.map((rows) => {
    start += rows;
    return numbered(start - rows, rows);
  });
}

async function collect(data: AsyncIterable<Batch>): Promise<Batch[]> {
  const batches: Batch[] = [];
  for await (const batch of data) batches.push(batch);
  return batches;
}

const same = (batch: Batch) => batch;
const expectRows = ({ x, y, sampleWeight }: Batch, wanted: Batch) => {
  expect([x.toArray(), y.toArray(), sampleWeight?.toArray()]).toEqual([
    wanted.x.toArray(),
    wanted.y.toArray(),
    wanted.sampleWeight?.toArray(),
  ]);
};

describe("rebatch", () => {
  it("keeps all rows in order, in batches of the wanted size and a smaller last", async () => {
    const property = fc.asyncProperty(
      fc.array(fc.nat(12), { maxLength: 8 }),
      fc.integer({ min: 1, max: 9 }),
      async (sizes, rows) => {
        const total = sizes.reduce((sum, n) => sum + n, 0);
        const found = await collect(rebatch(batchesOf(sizes), rows, same));
        expect(found.length).toBe(Math.ceil(total / rows));
        for (const [i, batch] of found.entries()) {
          expectRows(batch, numbered(i * rows, Math.min(rows, total - i * rows)));
        }
      },
    );
    await fc.assert(property, { seed: 3, numRuns: 100 });
  });

  it("gives rows without a weight a weight of 1 beside others", async () => {
    const mixed = [numbered(0, 1, false), numbered(5, 1)];
    const [batch] = await collect(rebatch(mixed, 2, same));
    expect(batch.sampleWeight?.toArray()).toEqual([[1], [5]]);
    const [plain] = await collect(rebatch([numbered(0, 2, false)], 2, same));
    expect(plain.sampleWeight).toBeUndefined();
  });

  it("copies: a source may use its matrices again", async () => {
    const reused = numbered(0, 2);
    function* source() {
      for (let i = 0; i < 3; i++) {
        reused.x.data.fill(i);
        yield reused;
      }
    }
    const found = await collect(rebatch(source(), 3, same));
    expect(found.map(({ x }) => x.toArray().map(([value]) => value))).toEqual([
      [0, 0, 1],
      [1, 2, 2],
    ]);
  });

  it("checks each batch as it comes", async () => {
    const read = (batch: Batch) => {
      if (batch.x.at(0, 0) > 3) throw new Error("bad");
      return batch;
    };
    const found: Batch[] = [];
    const reading = (async () => {
      for await (const batch of rebatch(batchesOf([2, 2, 2]), 2, read)) found.push(batch);
    })();
    await expect(reading).rejects.toThrow("bad");
    expect(found.length).toBe(2);
  });

  it("starts anew each time it is gone through, where its source does", async () => {
    const batches = rebatch(batchesOf([3, 3]), 4, same);
    expect((await collect(batches)).length).toBe(2);
    expect((await collect(batches)).length).toBe(2);
  });

  describe("closes its source once", () => {
    let closed = 0;
    async function* source(error?: Error) {
      closed = 0;
      try {
        yield* batchesOf([2, 2]);
        if (error !== undefined) throw error;
      } finally {
        closed++;
      }
    }

    it("at the end", async () => {
      await collect(rebatch(source(), 3, same));
      expect(closed).toBe(1);
    });

    it("when nobody wants more", async () => {
      for await (const _ of rebatch(source(), 3, same)) break;
      expect(closed).toBe(1);
    });

    it("when the source fails", async () => {
      await expect(collect(rebatch(source(new Error("gone")), 3, same))).rejects.toThrow("gone");
      expect(closed).toBe(1);
    });

    it("when a batch is bad and the reader gives up", async () => {
      const read = (): Batch => {
        throw new Error("bad");
      };
      const iterator = rebatch(source(), 3, read)[Symbol.asyncIterator]();
      await expect(iterator.next()).rejects.toThrow("bad");
      await iterator.return?.();
      expect(closed).toBe(1);
    });
  });
});
