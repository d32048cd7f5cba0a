import {
  Dataset,
  Dense,
  type Matrix,
  meanSquaredError,
  modelFromBytes,
  modelFromJSON,
  modelToBytes,
  numeric,
  oneHotCategory,
  ordinalCategory,
  rescale,
  Sequential,
  SGD,
  standardize,
  Table,
} from "chainrule";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

interface Flat {
  area: number;
  city: string;
  price: number;
  weight: number;
  seen?: Date;
}
const flats: Flat[] = [
  { area: 50, city: "Rome", price: 300, weight: 1, seen: new Date(0) },
  { area: 80, city: "Oslo", price: 800, weight: 2 },
  { area: 30, city: "Rome", price: 180, weight: 0 },
];
const table = () =>
  new Table({
    columns: { area: standardize(), city: oneHotCategory() },
    target: { price: rescale() },
  });

describe("batches", () => {
  it("begin again as often as their rows, each pass in the order of its number", async () => {
    const fitted = await table().fit(flats);
    const shuffled = fitted.batches(Dataset.from(flats).shuffle(3, 5), { batchSize: 3 });
    const pass = async (): Promise<number[][]> => (await shuffled.toArray())[0].x.toArray();
    const passes = [await pass(), await pass(), await pass(), await pass()];
    expect(new Set(passes.map(String)).size).toBeGreaterThan(1);
    expect(shuffled.isOneShot).toBe(false);
    const iterator = shuffled.open(0);
    const { value } = await iterator.next();
    expect((value as { x: Matrix }).x.toArray()).toEqual(passes[0]);
    await iterator.return?.();
  });
  it("of a generator come once", async () => {
    const fitted = await table().fit(flats);
    const batches = fitted.batches(flats.values());
    expect(batches.isOneShot).toBe(true);
    expect((await batches.toArray()).length).toBe(1);
    await expect(batches.toArray()).rejects.toThrow(/gone through once/);
  });
  it("of a function are made for each pass", async () => {
    const passes: number[] = [];
    const rows = (pass: number) => {
      passes.push(pass);
      return flats;
    };
    const fitted = await table().fit(rows);
    const batches = fitted.batches(rows, { batchSize: 2 });
    await batches.toArray();
    await batches.toArray();
    expect(passes).toEqual([0, 0, 1]);
  });
  it("number rows from the first of all, and close a stream that has a bad one", async () => {
    const fitted = await table().fit(flats);
    let closed = 0;
    const rows = async function* () {
      try {
        yield* flats;
        yield { ...flats[0], city: "Bern" };
        yield* flats;
      } finally {
        closed++;
      }
    };
    await expect(fitted.batches(rows, { batchSize: 2 }).toArray()).rejects.toThrow(
      /a category: "Oslo", "Rome" in column "city", but got "Bern" in row 3/,
    );
    expect(closed).toBe(1);
    await expect(
      table().fit(async function* () {
        try {
          yield { ...flats[0], area: null };
        } finally {
          closed++;
        }
      }),
    ).rejects.toThrow(/in row 0/);
    expect(closed).toBe(2);
  });
  it("have the weights of a column", async () => {
    const fitted = await table().fit(flats);
    const [batch] = await fitted.batches(flats, { sampleWeight: "weight" }).toArray();
    expect(batch.sampleWeight?.toArray()).toEqual([[1], [2], [0]]);
    await expect(fitted.batches(flats, { sampleWeight: "weigth" }).toArray()).rejects.toThrow(
      /a column "weigth", but got none in row 0\. Did you mean "weight"\?/,
    );
  });
  it("refuse options and tables that are not ready, at once", async () => {
    expect(() => table().batches(flats)).toThrow(/`columns\.area` to have learned/);
    const fitted = await table().fit(flats);
    expect(() => fitted.batches(flats, { batchSize: 0 })).toThrow(/`batchSize`/);
    expect(() => fitted.batches(flats, { batchSise: 3 } as never)).toThrow(/Did you mean "batchSize"/);
    expect(() => fitted.batches(7 as never)).toThrow(/something iterable/);
    await expect(table().fit(7 as never)).rejects.toThrow(/something iterable/);
  });
});

it("serves models in float64", async () => {
  const fitted = await table().fit(flats);
  const model = new Sequential([new Dense({ units: 1 })], { table: fitted, dtype: "float64" });
  model.compile({ loss: meanSquaredError(), optimizer: new SGD({ learningRate: 0.1 }) });
  await model.fit(fitted.batches(flats, { dtype: "float64" }), { epochs: 2 });
  const y = model.predict(flats);
  expect(y.dtype).toBe("float64");
  expect(model.predict(fitted.matrix(flats, "float64"))).toEqual(y);
});

it("changes nothing when it fails to learn", async () => {
  const fresh = table();
  await expect(fresh.fit([...flats, { ...flats[0], price: Number.NaN }])).rejects.toThrow(
    /in column "price", but got NaN in row 3/,
  );
  expect(fresh.isFitted).toBe(false);
  expect(JSON.stringify(fresh)).toBe(JSON.stringify(table()));
});

describe("any rows", () => {
  const name = fc.oneof(
    fc.string({ unit: "binary", maxLength: 6 }),
    fc.constantFrom("__proto__", "constructor", "length", "0"),
  );
  const number = fc.double({ noNaN: true, min: -1e30, max: 1e30 });
  const cells = fc.record({
    n: number,
    m: fc.option(number),
    c: name,
    flag: fc.boolean(),
    price: number,
    kind: name,
  });
  const rowsOf = fc.array(cells, { minLength: 1, maxLength: 20 });
  const free = name.filter((one) => one !== "price" && one !== "kind");
  const columns = fc.uniqueArray(free, { minLength: 4, maxLength: 4 });
  const make = ([a, b, c, d]: string[]) =>
    new Table({
      columns: Object.fromEntries([
        [a, standardize({ missing: 0 })],
        [b, rescale({ missing: "mean", indicator: true, range: [-2, 3] })],
        [c, oneHotCategory({ missing: "nothing" })],
        [d, numeric()],
      ]),
      target: { price: standardize(), kind: ordinalCategory({ missing: "nothing" }) },
    });

  it("give the same bits in a stream, in memory, and after a file", async () => {
    await fc.assert(
      fc.asyncProperty(rowsOf, columns, fc.integer({ min: 1, max: 7 }), async (cells, names, batchSize) => {
        const rows = cells.map(({ n, m, c, flag, price, kind }) => {
          const [a, b, d, e] = names;
          return Object.fromEntries([
            [a, n],
            [b, m],
            [d, c],
            [e, flag],
            ["price", price],
            ["kind", kind],
          ]);
        });
        if (rows.every((row) => row[names[1]] === null)) return;
        const stream = async function* () {
          yield* rows;
        };
        const fitted = await make(names).fit(stream);
        expect(JSON.stringify(fitted)).toBe(JSON.stringify(await make(names).fit(rows)));
        const whole = fitted.matrix(rows);
        const batches = await fitted.batches(stream, { batchSize }).toArray();
        expect(batches.flatMap(({ x }) => x.toArray())).toEqual(whole.toArray());
        const model = new Sequential([new Dense({ units: 2 })], { table: fitted, seed: 2 });
        const y = model.predict(rows);
        for (const again of [
          modelFromBytes(modelToBytes(model)),
          modelFromJSON(JSON.parse(JSON.stringify(model))),
        ]) {
          expect(again.options.table?.matrix(rows)).toEqual(whole);
          expect(again.options.table?.decode(y)).toEqual(fitted.decode(y));
        }
        expect(modelFromBytes(modelToBytes(model)).predict(rows)).toEqual(y);
      }),
      { numRuns: 100 },
    );
  });
});
