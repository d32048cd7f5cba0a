import { writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  type Callback,
  Dataset,
  Dense,
  Matrix,
  modelToBytes,
  oneHotCategory,
  Sequential,
  Table,
  writeSafetensors,
} from "chainrule";
import { checkpoint, csv, saveModel } from "chainrule/node";
import { describe, expect, it } from "vitest";
import { blobs, classifier } from "../model/support/models.js";
import { emptyFolder } from "../node/support/interrupted.js";

const numbers = () => Dataset.from([1, 2, 3, 4]);
const x = Matrix.from([[1], [2]]);

async function* broken() {
  yield* [1, 2, 3];
  throw new Error("the line is cut");
}

describe("pipelines", () => {
  it("repeat refuses to look for ever for what is not there", async () => {
    await expect(Dataset.from([]).repeat().toArray()).rejects.toThrow(
      "Dataset.repeat expects a source with elements, but got none.",
    );
    expect(await Dataset.from([]).repeat(3).toArray()).toEqual([]);
  });

  it("split refuses what is shuffled, before it or far before it", () => {
    const advice =
      "Dataset.split expects elements in the same order in each pass, but got shuffled ones. Split first, then shuffle.";
    expect(() => numbers().shuffle(4).split(0.5)).toThrow(advice);
    expect(() =>
      numbers()
        .shuffle(4)
        .map((n) => n)
        .repeat(2)
        .prefetch(1)
        .split(0.5),
    ).toThrow(advice);
    expect(() => numbers().concat(numbers().shuffle(2)).split(0.5)).toThrow(advice);
    expect(() => numbers().shuffle(4).cache().split(0.5)).not.toThrow();
  });

  it("map brings what was finished before the source failed", async () => {
    const got: number[] = [];
    const run = async () => {
      for await (const n of Dataset.from(broken()).map((n) => n * 2, { concurrency: 8 })) got.push(n);
    };
    await expect(run()).rejects.toThrow("the line is cut");
    expect(got).toEqual([2, 4, 6]);
  });

  it("zip closes every source that is still open, whatever one of them says to it", async () => {
    const closed: string[] = [];
    const source = (name: string, count: number) =>
      Dataset.from(() => {
        let left = count;
        const iterator = {
          next: () => ({ done: left-- === 0, value: name }),
          return() {
            closed.push(name);
            if (name === "b") throw new Error("no");
            return { done: true as const, value: undefined };
          },
          [Symbol.iterator]: () => iterator,
        };
        return iterator;
      });
    const zipped = source("a", 1).zip(source("b", 3), source("c", 3));
    await expect(zipped.toArray()).rejects.toThrow("no");
    expect(closed).toEqual(["b", "c"]);
  });

  it("batch keeps float64 where it is asked to", async () => {
    const [batch] = await Dataset.from(Matrix.from([[0.1]], "float64"))
      .batch(1, { dtype: "float64" })
      .toArray();
    expect([batch.dtype, batch.data[0]]).toEqual(["float64", 0.1]);
  });

  it.each([
    [
      "concat",
      () => numbers().concat([2] as never),
      "Dataset.concat expects pipelines, Dataset.from(…), but got an array",
    ],
    ["zip", () => numbers().zip([2] as never), "Dataset.zip expects pipelines"],
    [
      "batch",
      () => numbers().batch(1, null as never),
      "Dataset.batch expects an options object, but got null",
    ],
    ["batch", () => numbers().batch(1, { size: 2 } as never), "Dataset.batch expects only the options"],
    [
      "from",
      () => Dataset.from({ x, y: Matrix.from([[1]]) }),
      "Dataset.from expects as many rows of `x` as of `y`",
    ],
    [
      "from",
      () => Dataset.from({ x, y: x, sampleWeight: Matrix.from([[1]]) }),
      "Dataset.from expects as many rows of `x` as of `sampleWeight`",
    ],
    [
      "writeSafetensors",
      () => writeSafetensors(null as never),
      "writeSafetensors expects tensors by name, but got null",
    ],
    ["writeSafetensors", () => writeSafetensors({}, [] as never), "writeSafetensors expects `metadata`"],
    ["modelToBytes", () => modelToBytes(null as never), "modelToBytes expects a Sequential, but got null"],
    [
      "modelToBytes",
      () => modelToBytes(new Dense({ units: 1 }) as never),
      "modelToBytes expects a Sequential",
    ],
    ["csv", () => csv("x", { delimiter: "" }), "csv expects `delimiter` to be a text without quotes"],
    ["csv", () => csv("x", { delimiter: '"' }), "csv expects `delimiter`"],
    ["csv", () => csv("x", { target: [] }), "csv expects `target` to be the name of a column"],
    [
      "csv",
      () => csv("x", { columns: { a: (() => 1) as never } }),
      "csv expects `columns` to be types by column",
    ],
  ])("%s says what is wrong", (_, call, message) => {
    expect(call).toThrow(message);
  });

  it("leaves whole numbers of 64 bits as they are", async () => {
    const [rows] = await Dataset.from([new BigInt64Array(1)])
      .batch(1)
      .toArray();
    expect(rows).toEqual([new BigInt64Array(1)]);
  });

  it("saveModel says what it is given", async () => {
    await expect(saveModel(null as never, "x")).rejects.toThrow("a Sequential, but got null");
  });
});

describe("tables", () => {
  it("decode one category under the column's own name", async () => {
    const table = await new Table({ columns: { a: oneHotCategory() }, target: { t: oneHotCategory() } }).fit([
      { a: "x", t: "only" },
    ]);
    expect(table.decode(Matrix.from([[1]]))).toEqual([{ t: "only" }]);
  });

  it("with coders that no file could name are refused when they are saved", async () => {
    const table = await new Table({ columns: { a: oneHotCategory() } }).fit([{ a: "x" }]);
    const own = { ...table.options.columns.a, type: "mine" };
    const model = new Sequential([new Dense({ units: 1 })], {
      input: [1],
      table: new Table({ columns: { a: own } }),
    });
    expect(() => modelToBytes(model)).toThrow('known coders of columns, but got "mine"');
  });
});

describe("CSV", () => {
  const file = (text: string) => {
    const path = join(emptyFolder(), "a.csv");
    writeFileSync(path, text);
    return path;
  };

  it("may mix line ends", async () => {
    expect(await csv(file("a,b\r\n1,2\n3,4\r5,6")).toArray()).toEqual([
      { a: "1", b: "2" },
      { a: "3", b: "4" },
      { a: "5", b: "6" },
    ]);
  });

  it("refuses numbers to train on that would be infinite", async () => {
    const rows = csv(file("a,b\n1,2\n1e39,4\n"), {
      columns: { a: "number", b: "number" },
      target: "b",
      batchSize: 2,
    });
    await expect(rows.toArray()).rejects.toThrow(/a number of float32 in column "a", but got 1e39 .* line 3/);
  });
});

describe("callbacks", () => {
  const save = (callback: Callback) =>
    classifier().model.fit(blobs(8), { callbacks: [callback, checkpoint(emptyFolder())] });

  it.each([
    [{ state: null as never }, "`state` of callback, expects an options object, but got null"],
    [
      { name: "mine", state: { numbers: { a: "1" } as never } },
      "`state` of mine, expects `numbers` to be numbers by name",
    ],
    [{ state: { numbers: {}, weights: null as never } }, "expects `weights` to be matrices by name"],
    [
      Object.create({
        get state() {
          return { numbers: {} };
        },
      }),
      "a `state` of callback that can be set, but got only a getter",
    ],
  ])("with a state that could not come back are refused: %j", async (callback, message) => {
    await expect(save(callback as Callback)).rejects.toThrow(message);
  });

  it("may reply null", async () => {
    await classifier().model.fit(blobs(8), { callbacks: [{ onEpochEnd: () => null as never }] });
  });
});
