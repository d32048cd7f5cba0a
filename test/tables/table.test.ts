import {
  Adam,
  Dataset,
  Dense,
  Matrix,
  meanSquaredError,
  modelFromBytes,
  modelFromJSON,
  modelToBytes,
  numeric,
  oneHotCategory,
  ordinalCategory,
  ReLU,
  type Row,
  rescale,
  Sequential,
  softmaxCrossEntropy,
  standardize,
  Table,
} from "chainrule";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const rows = [
  { age: 30, city: "Rome", size: "M", smoker: true, price: 100 },
  { age: 50, city: "Oslo", size: "S", smoker: false, price: 300 },
  { age: 40, city: "Rome", size: "L", smoker: false, price: 200 },
];
const table = () =>
  new Table({
    columns: {
      age: standardize(),
      city: oneHotCategory(),
      size: ordinalCategory({ categories: ["S", "M", "L"] }),
      smoker: numeric(),
    },
    target: { price: rescale() },
  });

it("makes numbers of rows by what it has learned", async () => {
  const fitted = await table().fit(rows);
  expect(fitted.names).toEqual(["age", "city=Oslo", "city=Rome", "size", "smoker"]);
  expect(fitted.targetNames).toEqual(["price"]);
  const deviation = Math.sqrt(200 / 3);
  const expected = Matrix.from([
    [-10 / deviation, 0, 1, 1, 1],
    [10 / deviation, 1, 0, 0, 0],
    [0, 0, 1, 2, 0],
  ]);
  expect(fitted.matrix(rows)).toEqual(expected);
  expect(fitted.matrix(rows[1])).toEqual(expected.row(1));
  const [batch] = await fitted.batches(rows, { batchSize: 3 }).toArray();
  expect(batch).toEqual({ x: expected, y: Matrix.from([[0], [1], [0.5]]) });
});

it("learns the same of a stream in one pass", async () => {
  let passes = 0;
  const stream = Dataset.from(async function* () {
    passes++;
    yield* rows;
  });
  const fitted = await table().fit(stream);
  expect(JSON.stringify(fitted)).toBe(JSON.stringify(await table().fit(rows)));
  expect(passes).toBe(1);
  const batches = await fitted.batches(stream, { batchSize: 2 }).toArray();
  expect(batches.map(({ x }) => x.rows)).toEqual([2, 1]);
});

it("gives predictions back in the units of the rows", async () => {
  const fitted = await table().fit(rows);
  expect(fitted.decode(Matrix.from([[0], [0.5], [1.25]]))).toEqual([
    { price: 100 },
    { price: 200 },
    { price: 350 },
  ]);
  const labels = new Table({ columns: { age: numeric() }, target: { city: ordinalCategory() } });
  const named = await labels.fit(rows);
  expect(
    named.decode(
      Matrix.from([
        [3, 1],
        [0, 2],
      ]),
    ),
  ).toEqual([{ city: "Oslo" }, { city: "Rome" }]);
  expect(named.decode(Matrix.from([[1]]))).toEqual([{ city: "Rome" }]);
  expect(() => named.decode(Matrix.zeros(1, 0))).toThrow(/predictions of 1 or 2 numbers for city, but got 0/);
});

it("is saved with a model, which then takes rows, and gives the same bits again", async () => {
  const fitted = await table().fit(rows);
  const model = new Sequential([new Dense({ units: 4 }), new ReLU(), new Dense({ units: 1 })], {
    table: fitted,
    seed: 3,
  });
  expect(model.inputShape).toEqual([5]);
  model.compile({ loss: meanSquaredError(), optimizer: new Adam({ learningRate: 0.05 }) });
  await model.fit(fitted.batches(rows, { batchSize: 2 }), { epochs: 20 });
  const expected = model.predict(rows);
  expect(model.predict(rows[2])).toEqual(expected.row(2));
  expect(model.predict(fitted.matrix(rows))).toEqual(expected);
  const again = modelFromBytes(modelToBytes(model));
  expect(again.predict(rows)).toEqual(expected);
  expect(modelToBytes(again)).toEqual(modelToBytes(model));
  expect(again.options.table?.decode(expected)).toEqual(fitted.decode(expected));
  expect(modelFromJSON(JSON.parse(JSON.stringify(model))).options.table?.names).toEqual(fitted.names);
  expect(model.clone().predict(rows)).toEqual(expected);
});

it("trains a classifier from names to names", async () => {
  const flowers = Array.from({ length: 60 }, (_, i) => ({
    petal: (i % 3) + 0.01 * i,
    kind: ["iris", "rose", "lily"][i % 3],
  }));
  const fitted = await new Table({
    columns: { petal: standardize() },
    target: { kind: ordinalCategory() },
  }).fit(flowers);
  const model = new Sequential([new Dense({ units: 16 }), new ReLU(), new Dense({ units: 3 })], {
    table: fitted,
    seed: 1,
  });
  model.compile({ loss: softmaxCrossEntropy(), optimizer: new Adam({ learningRate: 0.05 }) });
  await model.fit(fitted.batches(flowers, { batchSize: 20 }), { epochs: 100 });
  const found = fitted.decode(model.predict(flowers)).map(({ kind }) => kind);
  expect(found.filter((kind, i) => kind === flowers[i].kind).length).toBeGreaterThan(54);
});

describe("missing values", () => {
  it("are an error that names row and column", async () => {
    await expect(table().fit([...rows, { ...rows[0], age: null } as never])).rejects.toThrow(
      /^Table expects a number in column "age", but got null in row 3\.$/,
    );
    const fitted = await table().fit(rows);
    expect(() => fitted.matrix([rows[0], { ...rows[0], city: "" }])).toThrow(
      /a category: "Oslo", "Rome" in column "city", but got "" in row 1/,
    );
  });
  it("are filled by the mean, a number or a category, and can be shown", async () => {
    const filled = new Table({
      columns: {
        a: standardize({ missing: "mean", indicator: true }),
        b: numeric({ missing: "mean" }),
        c: rescale({ missing: 0, range: [-1, 1] }),
        d: oneHotCategory({ missing: "none" }),
      },
    });
    const some: Row[] = [
      { a: 1, b: 2, c: -4, d: "x" },
      { a: null, b: undefined, c: Number.NaN, d: "" },
      { a: 3, b: 6, c: 4, d: "x" },
    ];
    const fitted = await filled.fit(some);
    expect(fitted.names).toEqual(["a", "a is missing", "b", "c", "d=none", "d=x"]);
    expect(fitted.matrix(some[1]).toArray()).toEqual([[0, 1, 4, 0, 1, 0]]);
    expect(fitted.matrix(some[0]).toArray()).toEqual([[-1, 0, 2, -1, 0, 1]]);
  });
});

describe("categories", () => {
  const kinds = (options = {}) => new Table({ columns: { k: oneHotCategory(options) } });
  it("do not depend on the order of rows", async () => {
    const [a, b] = [
      [{ k: "b" }, { k: "a" }, { k: 10 }],
      [{ k: 10 }, { k: "a" }, { k: "b" }],
    ];
    expect((await kinds().fit(a)).names).toEqual(["k=10", "k=a", "k=b"]);
    expect((await kinds().fit(b)).names).toEqual(["k=10", "k=a", "k=b"]);
  });
  it("that were not learned are an error, or have a place of their own", async () => {
    const learned = [{ k: "a" }, { k: "b" }];
    const strict = await kinds().fit(learned);
    expect(() => strict.matrix({ k: "c" })).toThrow(
      /a category: "a", "b" in column "k", but got "c" in row 0/,
    );
    const open = await kinds({ unknown: "own" }).fit(learned);
    expect(open.matrix({ k: "c" }).toArray()).toEqual([[0, 0, 1]]);
    expect(open.names).toEqual(["k=a", "k=b", "k=an unknown one"]);
  });
  it("have a bound", async () => {
    const many = Array.from({ length: 1001 }, (_, i) => ({ k: i }));
    await expect(kinds().fit(many)).rejects.toThrow(
      /at most 1000 different categories \(`maxCategories`\) in column "k", but got 1000 in row 1000/,
    );
  });
  it("may have any name", async () => {
    const names = ["__proto__", "constructor", "toString"];
    const fitted = await kinds().fit(names.map((k) => ({ k })));
    expect(fitted.matrix(names.map((k) => ({ k }))).toArray()).toEqual([
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ]);
    const odd = new Table({ columns: { constructor: numeric(), ["__proto__"]: numeric() } });
    expect(odd.matrix({ constructor: 1, ["__proto__"]: 2 }).toArray()).toEqual([[1, 2]]);
    expect(() => odd.matrix({ constructor: 1 })).toThrow(/a column "__proto__", but got none in row 0/);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

it("standardizes numbers far from 0, and columns of one value", async () => {
  const far = [1, 2, 3, 4].map((n) => ({ a: 1e9 + n, b: 7 }));
  const fitted = await new Table({ columns: { a: standardize(), b: standardize() } }).fit(far);
  const expected = [-1.5, -0.5, 0.5, 1.5].map((n) => [n / Math.sqrt(1.25), 0]);
  expect(fitted.matrix(far).isClose(Matrix.from(expected), { atol: 1e-6 })).toBe(true);
  const flat = await new Table({ columns: { b: rescale({ range: [2, 5] }) } }).fit(far);
  expect(flat.matrix(far).toArray()).toEqual([[2], [2], [2], [2]]);
});

it("has exactly mean 0 and variance 1, and the ends of the range, whatever the numbers", async () => {
  const number = fc.integer({ min: -1_000_000, max: 1_000_000 }).map((n) => n / 1000);
  await fc.assert(
    fc.asyncProperty(fc.array(number, { minLength: 2, maxLength: 50 }), async (numbers) => {
      const some = numbers.map((a) => ({ a, b: a }));
      const fitted = await new Table({ columns: { a: standardize(), b: rescale() } }).fit(some);
      const { data } = fitted.matrix(some);
      const column = (c: number) => Array.from({ length: numbers.length }, (_, r) => data[2 * r + c]);
      const mean = column(0).reduce((s, x) => s + x, 0) / numbers.length;
      expect(Math.abs(mean)).toBeLessThan(1e-4);
      if (new Set(numbers).size === 1) return;
      const variance = column(0).reduce((s, x) => s + x * x, 0) / numbers.length;
      expect(Math.abs(variance - 1)).toBeLessThan(1e-3);
      expect([Math.min(...column(1)), Math.max(...column(1))]).toEqual([0, 1]);
    }),
    { numRuns: 60 },
  );
});

it.each([
  [() => new Table({} as never), /`columns` to be coders by column/],
  [() => new Table({ columns: {} }), /coders by column/],
  [() => new Table({ columns: { a: standardize } as never }), /coders by column/],
  [() => standardize({ mean: Number.NaN }), /`mean` to be a finite number/],
  [() => standardize({ deviaton: 1 } as never), /Did you mean "deviation"/],
  [() => rescale({ range: [1, 1] }), /the smaller first/],
  [() => ordinalCategory({ categories: ["a", "a"] }), /different texts/],
  [() => oneHotCategory({ unknown: "zero" as never }), /one of "error", "own"/],
  [() => table().matrix(rows), /`columns.age` to have learned, but got none of it\. Call fit\(rows\) first/],
  [() => table().names, /Call fit/],
  [() => new Sequential([new Dense({ units: 1 })], { table: table(), input: [4] }), /Call fit/],
  [() => new Sequential([new Dense({ units: 1 })], { table: 3 as never }), /a Table/],
])("refuses what makes no sense: %s", (make, message) => expect(make).toThrow(message));

it("refuses rows that do not fit", async () => {
  const fitted = await table().fit(rows);
  expect(() => fitted.matrix({ ...rows[0], age: "30" })).toThrow(
    /a number in column "age", but got "30" in row 0\. Read texts of numbers/,
  );
  const { age, ...rest } = rows[0];
  expect(() => fitted.matrix({ ...rest, Age: age })).toThrow(
    /a column "age", but got none in row 0\. Did you mean "Age"/,
  );
  expect(() => fitted.matrix(5 as never)).toThrow(/rows that are objects/);
  await expect(table().fit([])).rejects.toThrow(/at least one row/);
  await expect(fitted.batches([rows[0], { ...rows[0], price: null }]).toArray()).rejects.toThrow(
    /a number in column "price", but got null in row 1/,
  );
  const noTarget = await new Table({ columns: { age: numeric() } }).fit(rows);
  expect(() => noTarget.batches(rows)).toThrow(/a `target`/);
  const built = new Sequential([new Dense({ units: 1 })], { table: fitted });
  expect(() => built.predict(Matrix.zeros(1, 3))).toThrow(/predict expects rows of 5 inputs, but got 3/);
  expect(() => new Sequential([new Dense({ units: 1 })], { table: fitted, input: [3] })).toThrow(
    /rows of 5 numbers, as its table makes, but got \[3\]/,
  );
  expect(
    () => new Sequential([new Sequential([new Dense({ units: 1 })], { table: fitted })], { input: [5] }),
  ).toThrow(/A nested model expects no `table`/);
  expect(() => new Sequential([new Dense({ units: 1 })], { input: [5] }).predict(rows[0] as never)).toThrow(
    /a Matrix/,
  );
});

it.each([
  [{ type: "Tabel", options: {} }, /`table` to be a Table/],
  [
    { type: "Table", options: { columns: { a: { type: "standardise", options: {} } } } },
    /Did you mean "standardize"/,
  ],
  [{ type: "Table", options: { columns: { a: { type: "constructor", options: {} } } } }, /known coders/],
  [{ type: "Table", options: { columns: { a: { type: "numeric", options: { mean: "x" } } } } }, /`mean`/],
  [{ type: "Table", options: { columns: 3 } }, /coders by column/],
  [{ type: "Table", options: { columns: {}, more: 1 } }, /columns and target/],
  [null, /an object \{ type, options \}/],
  [{ type: "Table", options: { columns: { a: 3 } } }, /an object \{ type, options \}/],
  [{ type: "Table", options: { columns: { a: { type: "standardize", options: {} } } } }, /to have learned/],
  [
    JSON.parse('{"type":"Table","options":{"columns":{"a":{"type":"numeric","options":{"__proto__":1}}}}}'),
    /numeric expects only the options .*, but got "__proto__"/,
  ],
  [
    {
      type: "Table",
      options: { columns: { a: { type: "standardize", options: { mean: 1, deviation: "2" } } } },
    },
    /`deviation`/,
  ],
])("refuses a file with %j", (json, message) => {
  const model = {
    type: "Sequential",
    options: { layers: [{ type: "Dense", options: { units: 1 } }], table: json },
  };
  expect(() => modelFromJSON(model)).toThrow(message);
});

it("refuses a file with a table inside", async () => {
  const fitted = await table().fit(rows);
  const inner = JSON.parse(JSON.stringify(new Sequential([new Dense({ units: 1 })], { table: fitted })));
  const outer = { type: "Sequential", options: { layers: [inner], input: [5] } };
  expect(() => modelFromJSON(outer)).toThrow(/^A nested model expects no `table`, but got one\.$/);
});

it("rescales a range that is next to nothing", async () => {
  const fitted = await new Table({ columns: { a: rescale({ range: [-2, 3] }) } }).fit([
    { a: 0 },
    { a: -5e-324 },
  ]);
  expect(fitted.matrix([{ a: 0 }, { a: -5e-324 }]).toArray()).toEqual([[-2], [-2]]);
});
