import {
  Matrix,
  numeric,
  oneHotCategory,
  ordinalCategory,
  type Row,
  rescale,
  standardize,
  Table,
} from "chainrule";
import { describe, expect, it } from "vitest";

const one = (a: ReturnType<typeof numeric>) => new Table({ columns: { a } });
const values = (...numbers: unknown[]): Row[] => numbers.map((a) => ({ a }));
const optionsOf = (table: Table) => table.options.columns.a.options;

describe("what is given", () => {
  it("stays, and only the rest is learned", async () => {
    const rows = values(10, 20);
    expect(optionsOf(await one(standardize({ mean: 1, deviation: 2 })).fit(rows))).toEqual({
      mean: 1,
      deviation: 2,
    });
    expect(optionsOf(await one(rescale({ minimum: 0 })).fit(rows))).toEqual({ minimum: 0, maximum: 20 });
    const filled = standardize({ mean: 1, deviation: 2, missing: "mean" });
    expect((await one(filled).fit(values(10, null))).matrix({ a: null }).toArray()).toEqual([[0]]);
    const sizes = oneHotCategory({ categories: ["S", "M", "L"] });
    expect((await one(sizes).fit(values("L", "S"))).names).toEqual(["a=S", "a=M", "a=L"]);
  });
  it("stays when a table learns a second time", async () => {
    const first = await one(standardize()).fit(values(10, 20));
    expect(JSON.stringify(await first.fit(values(1000, 3000)))).toBe(JSON.stringify(first));
  });
  it("is held against the rows that are learned from", async () => {
    const sizes = one(ordinalCategory({ categories: ["S", "M"] }));
    await expect(sizes.fit(values("S", "XL"))).rejects.toThrow(
      /^Table expects a category: "S", "M" in column "a", but got "XL" in row 1\.$/,
    );
    await expect(one(numeric()).fit(values(1, "2"))).rejects.toThrow(
      /a number in column "a", but got "2" in row 1/,
    );
  });
  it("needs no fit when it is everything", () => {
    const table = one(rescale({ minimum: -1, maximum: 3 }));
    expect(table.isFitted).toBe(true);
    expect(table.matrix(values(-1, 0, 3, 5)).toArray()).toEqual([[0], [0.25], [1], [1.5]]);
  });
});

it.each([
  [
    () => standardize({ mean: 1 }),
    /^standardize expects `mean` and `deviation` together, but got only one\.$/,
  ],
  [() => standardize({ deviation: 1 }), /together/],
  [() => standardize({ mean: 0, deviation: -1 }), /`deviation` to be a finite number of at least 0/],
  [() => rescale({ minimum: 2, maximum: 1 }), /a `maximum` of at least the minimum, 2, but got 1/],
  [() => numeric({ indicator: true }), /^numeric expects `missing` beside `indicator`, but got none\.$/],
  [() => numeric({ missing: "median" as never }), /`missing` to be a finite number, or one of "mean"/],
  [() => numeric({ missing: Number.POSITIVE_INFINITY }), /`missing`/],
  [
    () => oneHotCategory({ categories: ["a"], missing: "none" }),
    /`missing` to be one of its categories, but got "none"/,
  ],
  [() => oneHotCategory({ categories: [] }), /different texts/],
  [() => oneHotCategory({ categories: [1] as never }), /different texts/],
  [() => ordinalCategory({ maxCategories: 0 }), /at least 1/],
])("refuses options that contradict each other or say nothing: %s", (make, message) => {
  expect(make).toThrow(message);
});

describe("numbers that do not fit", () => {
  const refused = [
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    "",
    " ",
    "12",
    {},
    [],
    new Date(0),
    3n,
    Symbol("s"),
    () => 1,
  ];
  it.each(refused.map((v) => [v]))("are an error: %s", async (value) => {
    const says = /^Table expects a number in column "a", but got .* in row 1\./;
    await expect(one(standardize()).fit(values(1, value))).rejects.toThrow(says);
    expect(() => one(numeric()).matrix(values(1, value))).toThrow(says);
  });
  it("are those that float32 cannot hold, before or after", async () => {
    await expect(one(standardize()).fit(values(1, -4e38))).rejects.toThrow(
      /a number that stays below 3e\+38 in column "a", but got -4e\+38 in row 1/,
    );
    expect(() => one(numeric()).matrix(values(1e39))).toThrow(
      /stays below 3e\+38 .* but got 1e\+39 in row 0/,
    );
    const steep = one(standardize({ mean: 0, deviation: 1e-30 }));
    expect(() => steep.matrix(values(1e10))).toThrow(/stays below/);
    expect(steep.matrix(values(1e10), "float64").at(0, 0)).toBeCloseTo(1e40, -30);
  });
  it("leave the extremes that fit", async () => {
    const fitted = await one(standardize()).fit(values(3e38, -3e38));
    expect(fitted.matrix(values(3e38, -3e38, 0)).toArray()).toEqual([[1], [-1], [0]]);
    const tiny = await one(rescale()).fit(values(5e-324, 0));
    expect(tiny.matrix(values(0, 5e-324)).toArray()).toEqual([[0], [1]]);
  });
  it("are a column of nothing at all", async () => {
    await expect(one(standardize({ missing: "mean" })).fit(values(null, Number.NaN))).rejects.toThrow(
      /^Table\.fit expects at least one number in column "a", but got none\.$/,
    );
  });
});

describe("categories", () => {
  it("are texts, numbers, true and false, by what they print", async () => {
    const fitted = await one(ordinalCategory()).fit(values("b", 2, true, "2", -0));
    expect(optionsOf(fitted)).toEqual({ categories: ["0", "2", "b", "true"] });
    expect(fitted.matrix(values(2, "2", true, 0)).toArray()).toEqual([[1], [1], [3], [0]]);
  });
  it.each([[{}], [[]], [3n], [Symbol("s")], [() => "a"], [null], [undefined], [Number.NaN], [""]])(
    "are nothing else: %s",
    async (value) => {
      const says = /^Table expects a category.* in column "a", but got .* in row 1\.$/;
      await expect(one(oneHotCategory()).fit(values("b", value))).rejects.toThrow(says);
      const fitted = await one(oneHotCategory({ unknown: "error" })).fit(values("b"));
      expect(() => fitted.matrix(values("b", value))).toThrow(says);
    },
  );
  it("have a place for nothing, even if every row that was learned had something", async () => {
    const fitted = await one(oneHotCategory({ missing: "none" })).fit(values("b", "a"));
    expect(fitted.names).toEqual(["a=a", "a=b", "a=none"]);
    expect(fitted.matrix({ a: null }).toArray()).toEqual([[0, 0, 1]]);
  });
  it("that are nothing may be unknown ones", () => {
    const table = one(ordinalCategory({ categories: ["b"], unknown: "own", missing: "none" }));
    expect(table.matrix(values("b", null, "z")).toArray()).toEqual([[0], [1], [1]]);
  });
  it("name the first eight in an error", () => {
    const categories = Array.from({ length: 9 }, (_, i) => `c${i}`);
    expect(() => one(ordinalCategory({ categories })).matrix({ a: "x" })).toThrow(
      /"c6", "c7" … in column "a"/,
    );
  });
});

describe("decode", () => {
  const price = { price: standardize({ mean: 100, deviation: 20 }) };
  const kind = { kind: ordinalCategory({ categories: ["cat", "dog", "owl"] }) };
  const decoder = (target: ConstructorParameters<typeof Table>[0]["target"] & object) =>
    new Table({ columns: { a: numeric() }, target });

  it("gives several targets back", () => {
    const both = decoder({ ...price, kind: oneHotCategory({ categories: ["cat", "dog"], unknown: "own" }) });
    expect(both.targetNames).toEqual(["price", "kind=cat", "kind=dog", "kind=an unknown one"]);
    const rows = both.decode(
      Matrix.from([
        [-1, 0.1, 0.7, 0.2],
        [0.5, -3, -2, -1],
      ]),
    );
    expect(rows).toEqual([
      { price: 80, kind: "dog" },
      { price: 110, kind: "an unknown one" },
    ]);
  });
  it("gives the nearest category to a number, and the first of equal ones", () => {
    const rows = decoder(kind).decode(Matrix.from([[-2], [0.4], [1.6], [9]]));
    expect(rows.map((row) => row.kind)).toEqual(["cat", "cat", "owl", "owl"]);
    expect(decoder(kind).decode(Matrix.from([[1, 1, 1]]))).toEqual([{ kind: "cat" }]);
  });
  it("refuses other widths, and NaN", () => {
    expect(() => decoder(kind).decode(Matrix.zeros(1, 4))).toThrow(
      /predictions of 1 or 3 numbers for kind, but got 4/,
    );
    expect(() => decoder(price).decode(Matrix.zeros(1, 2))).toThrow(
      /predictions of 1 numbers for price, but got 2/,
    );
    expect(() =>
      decoder(kind).decode(
        Matrix.from([
          [1, 2, 3],
          [0, Number.NaN, 0],
        ]),
      ),
    ).toThrow(/^Table\.decode expects numbers, but got NaN in row 1\.$/);
    expect(() => decoder(kind).decode([[1]] as never)).toThrow(/a Matrix, but got an array of 1/);
    expect(decoder(kind).decode(Matrix.zeros(0, 3))).toEqual([]);
  });
  it("knows the classes by name", async () => {
    expect(decoder(kind).labels).toEqual(["cat", "dog", "owl"]);
    const says = /Table\.labels expects one target, of categories that it has learned/;
    for (const target of [price, { ...price, ...kind }, { kind: ordinalCategory() }]) {
      expect(() => decoder(target).labels).toThrow(says);
    }
    expect(() => one(numeric()).labels).toThrow(says);
  });
});
