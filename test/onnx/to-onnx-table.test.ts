import { Dense, Matrix, numeric, oneHotCategory, rescale, Sequential, standardize, Table } from "chainrule";
import { toOnnx } from "chainrule/onnx";
import { describe, expect, it } from "vitest";
import { loadMessages } from "../../src/onnx/messages.js";
import { difference, runOnnx } from "./support/run.js";

const rows = [
  { time: 1_700_000_000.25, age: 3, size: 1e-3, weight: 5 },
  { time: 1_700_000_001.5, age: null, size: 2e-3, weight: null },
  { time: 1_700_000_003, age: 7, size: 5e-3, weight: 8 },
  { time: 1_700_000_002, age: null, size: 4e-3, weight: 6 },
];
const learn = () =>
  new Table({
    columns: {
      time: standardize(),
      age: rescale({ missing: "mean", indicator: true, range: [-1, 1] }),
      size: rescale(),
      weight: numeric({ missing: 2 }),
    },
  }).fit(rows);
/** The columns as they are, NaN for nothing. */
const raw = Matrix.from(
  rows.map(({ time, age, size, weight }) => [time, age ?? Number.NaN, size, weight ?? Number.NaN]),
  "float64",
);

describe("preprocessing", () => {
  it.each(["float32", "float64"] as const)("makes of columns what the table makes, %s", async (dtype) => {
    const model = new Sequential([new Dense({ units: 3 })], { table: await learn(), seed: 1, dtype });
    const bytes = await toOnnx(model, { preprocessing: true });
    expect(difference(await runOnnx(bytes, raw), model.predict(rows))).toBeLessThan(1e-6);
    const { metadataProps } = (await loadMessages("this test")).decode(bytes);
    const names = metadataProps.find(({ key }) => key === "names")?.value;
    expect(JSON.parse(names ?? "")).toEqual(["time", "age", "size", "weight"]);
  });

  it("is left out by default", async () => {
    const table = await learn();
    const model = new Sequential([new Dense({ units: 3 })], { table, seed: 1 });
    const y = await runOnnx(await toOnnx(model), table.matrix(rows));
    expect(difference(y, model.predict(rows))).toBeLessThan(1e-6);
  });

  it("stays empty where the table would refuse", async () => {
    const model = new Sequential([new Dense({ units: 1 })], { table: await learn(), seed: 1 });
    const bytes = await toOnnx(model, { preprocessing: true });
    const y = await runOnnx(bytes, Matrix.from([[Number.NaN, 1, 1, 1]], "float64"));
    expect([...y.data]).toEqual([Number.NaN]);
  });

  it("refuses by name what is no column of numbers", async () => {
    const city = oneHotCategory({ categories: ["Oslo", "Rome"] });
    const table = new Table({ columns: { age: numeric(), city } });
    const model = new Sequential([new Dense({ units: 1 })], { table });
    await expect(toOnnx(model, { preprocessing: true })).rejects.toThrow(
      'toOnnx expects columns of numbers for `preprocessing`, but got oneHotCategory in column "city". Leave `preprocessing` out',
    );
    const without = new Sequential([new Dense({ units: 1 })], { input: [1] });
    await expect(toOnnx(without, { preprocessing: true })).rejects.toThrow(
      "toOnnx expects a model with a `table` for `preprocessing`, but got one without.",
    );
  });
});
