import { tmpdir } from "node:os";
import { Matrix } from "chainrule";
import { type BadRow, type CsvOptions, csv } from "chainrule/node";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fileOf, zipped } from "./support/files.js";

const people = "name,age,city,smoker\nAnn,31,Rome,yes\nBob,,Oslo,no\n";
const read = (text: string | Uint8Array, options?: CsvOptions) => csv(fileOf(text), options).toArray();

it("reads rows by the names in the first line, as strings", async () => {
  expect(await read(people)).toEqual([
    { name: "Ann", age: "31", city: "Rome", smoker: "yes" },
    { name: "Bob", age: null, city: "Oslo", smoker: "no" },
  ]);
});

it("reads the columns that are named, as what they hold", async () => {
  const columns = { smoker: "boolean", age: "number", city: ["Oslo", "Rome"] } as const;
  const rows = await read(people, { columns });
  expect(rows).toEqual([
    { smoker: true, age: 31, city: 1 },
    { smoker: false, age: null, city: 0 },
  ]);
  expect(Object.keys(rows[0])).toEqual(["smoker", "age", "city"]);
});

it.each([
  ["CRLF", "a,b\r\n1,2\r\n3,4\r\n"],
  ["no line break at the end", "a,b\n1,2\n3,4"],
  ["a byte order mark", "\ufeffa,b\n1,2\n3,4\n"],
  ["quotes", '"a","b"\n"1","2"\n3,"4"\n'],
  ["empty lines", "a,b\n\n1,2\n\n3,4\n\n"],
  ["gzip", zipped("a,b\n1,2\n3,4\n")],
])("reads files with %s", async (_, text) => {
  expect(await read(text, { columns: { a: "integer", b: "number" } })).toEqual([
    { a: 1, b: 2 },
    { a: 3, b: 4 },
  ]);
});

it("reads quoted delimiters, quotes and line breaks", async () => {
  expect(await read('a,b\n"x, ""y""\nz",1\n')).toEqual([{ a: 'x, "y"\nz', b: "1" }]);
});

it("takes other delimiters, names from the caller, numbers for names, and other words for nothing", async () => {
  expect(await read("1;2\n3;?\n", { delimiter: ";", header: ["p", "q"], missing: ["?"] })).toEqual([
    { p: "1", q: "2" },
    { p: "3", q: null },
  ]);
  expect(await read("1,2\n", { header: false })).toEqual([{ 0: "1", 1: "2" }]);
});

it("gives examples and batches for training", async () => {
  const path = fileOf("size,price,color\n1,10,red\n2,20,blue\n3,30,red\n");
  const columns = { price: "number", size: "number", color: ["red", "blue"] } as const;
  expect(await csv(path, { columns, target: "price" }).toArray()).toEqual([
    { x: [1, 0], y: [10] },
    { x: [2, 1], y: [20] },
    { x: [3, 0], y: [30] },
  ]);
  expect(await csv(path, { columns, target: ["color", "price"], batchSize: 2 }).toArray()).toEqual([
    {
      x: Matrix.from([[1], [2]]),
      y: Matrix.from([
        [10, 0],
        [20, 1],
      ]),
    },
    { x: Matrix.from([[3]]), y: Matrix.from([[30, 0]]) },
  ]);
});

it("gives all rows in one batch that is larger than the file", async () => {
  const rows = Array.from({ length: 30_000 }, (_, i) => [i, i % 7]);
  const path = fileOf(`a,b\n${rows.map((row) => row.join()).join("\n")}`);
  const data = csv(path, { columns: { a: "number", b: "number" }, target: "b", batchSize: 2 ** 40 });
  const [batch, ...others] = await data.toArray();
  expect(others).toEqual([]);
  expect(batch).toEqual({ x: Matrix.from(rows.map(([a]) => [a])), y: Matrix.from(rows.map(([, b]) => [b])) });
});

it("wants something to learn from", async () => {
  const path = fileOf("a\n1\n");
  const data = csv(path, { columns: { a: "number" }, target: "a", batchSize: 1 });
  await expect(data.toArray()).rejects.toThrow(/a column that is no target, to learn from, but got only a\./);
});

it("can be gone through again, and left early", async () => {
  const rows = csv(fileOf(people));
  for await (const _ of rows) break;
  expect(await rows.toArray()).toHaveLength(2);
  expect(await rows.toArray()).toHaveLength(2);
});

it("reads any values that were written, in pieces of any size", async () => {
  const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const field = fc.string({ unit: fc.constantFrom("a", '"', ",", "\n", "é", "😀", " ") });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(field, field), { minLength: 1, maxLength: 30 }), async (pairs) => {
      const text = `a,b\n${pairs.map((pair) => pair.map(quote).join(",")).join("\n")}\n`;
      const rows = await csv(fileOf(text), { missing: [] }).toArray();
      expect(rows).toEqual(pairs.map(([a, b]) => ({ a, b })));
    }),
    { numRuns: 50 },
  );
});

describe("bad rows", () => {
  const columns = { name: "string", age: "number" } as const;
  const bad = 'name,age\n"Ann\nMary",31\nBob,old\nCy\nDi,4\nEd,Infinity\n';
  it("name file, line, column and what was found", async () => {
    await expect(read(bad, { columns })).rejects.toThrow(
      /^csv expects a finite number in column "age", but got "old" in ".*people\.csv", line 4\. Mend it, or pass it by with onBadRow: "skip"\.$/,
    );
  });
  it("are passed by", async () => {
    expect(await read(bad, { columns, onBadRow: "skip" })).toEqual([
      { name: "Ann\nMary", age: 31 },
      { name: "Di", age: 4 },
    ]);
  });
  it("are collected", async () => {
    const problems: BadRow[] = [];
    await read(bad, { columns, onBadRow: (row) => problems.push(row) });
    const file = expect.stringMatching(/people\.csv$/);
    expect(problems).toEqual([
      { file, line: 4, column: "age", expected: "a finite number", got: '"old"' },
      { file, line: 5, expected: "2 fields, as the header", got: "1" },
      { file, line: 7, column: "age", expected: "a finite number", got: '"Infinity"' },
    ]);
  });
  it.each([
    ["integer", "1.5", /a whole number in column "v", but got "1\.5"/],
    ["number", "0x10", /a finite number/],
    ["number", "1e999", /a finite number/],
    ["number", "12abc", /a finite number/],
    ["boolean", "maybe", /true or false/],
    [["a", "b"], "c", /one of "a", "b" in column "v", but got "c"/],
  ] as const)("of type %s: %s", async (type, text, message) => {
    await expect(read(`v,w\n${text},1\n`, { columns: { v: type } })).rejects.toThrow(message);
  });
  it("with a missing value are bad for training", async () => {
    const training = { columns: { a: "number", b: "number" }, target: "b" } as const;
    await expect(csv(fileOf("a,b\n1,2\n,3\n"), training).toArray()).rejects.toThrow(
      /a value in column "a", but got none in .*line 3/,
    );
  });
  it("with broken quotes are told, and the next are read", async () => {
    const problems: BadRow[] = [];
    const rows = await read('a,b\n1,x"y"z\n3,4\n', { onBadRow: (row) => problems.push(row) });
    expect(problems).toMatchObject([{ line: 2, expected: "a row of CSV" }]);
    expect(rows).toEqual([{ a: "3", b: "4" }]);
    await expect(read('a,b\n1,"x"y\n')).rejects.toThrow(/a row of CSV in .*line 2, but got/s);
  });
  it("that are too long take no memory", async () => {
    const text = `a,b\n${"x".repeat(5000)},1\n2,3\n`;
    await expect(read(text, { maxRowBytes: 1000 })).rejects.toThrow(/line 2/);
  });
});

it.each([
  ["an empty file", "", undefined, /a header in ".*", but got an empty file/],
  ["a name twice", "a,a\n1,2\n", undefined, /a name for each column, but got "a" twice/],
  [
    "a column that is not there",
    "age\n1\n",
    { columns: { agee: "number" } },
    /a column "agee", but got none of that name\. Did you mean "age"/,
  ],
  ["a type that is none", "age\n1\n", { columns: { age: "numer" } }, /Did you mean "number"/],
  ["categories twice", "age\n1\n", { columns: { age: ["a", "a"] } }, /a list of different categories/],
  ["__proto__", "__proto__\n1\n", undefined, /names that an object can have/],
  ["bytes that are no text", Uint8Array.of(97, 10, 0xff, 10), undefined, /text in UTF-8/],
  [
    "half a gzip file",
    zipped(people).subarray(0, 30),
    undefined,
    /to read ".*" to its end, but got unexpected end of file/,
  ],
] as const)("refuses %s", async (_, text, options, message) => {
  await expect(read(text, options as CsvOptions)).rejects.toThrow(message);
});

it("keeps the prototypes of objects clean", async () => {
  expect(await read("constructor,toString\n1,2\n")).toEqual([{ constructor: "1", toString: "2" }]);
});

it("refuses files that are not there, and folders", async () => {
  await expect(csv("no/such.csv").toArray()).rejects.toThrow(
    /^csv expects the path of a readable file, but got "no\/such\.csv" \(ENOENT\)\.$/,
  );
  await expect(csv(tmpdir()).toArray()).rejects.toThrow(/which is a folder/);
});

it.each([
  [() => csv(3 as never), /the path of a file, but got 3/],
  [() => csv("x", { delimeter: ";" } as never), /Did you mean "delimiter"/],
  [() => csv("x", { batchSize: 3 } as never), /a `target` for batches/],
  [() => csv("x", { onBadRow: "ignore" as never }), /"throw", "skip", or a function/],
])("refuses wrong options at once: %s", (make, message) => expect(make).toThrow(message));

it("wants numbers to train on", async () => {
  const path = fileOf(people);
  await expect(csv(path, { target: "age" }).toArray()).rejects.toThrow(
    /columns of numbers to train on, but got strings in "name"/,
  );
  await expect(csv(path, { columns: { age: "number" }, target: "agee" }).toArray()).rejects.toThrow(
    /Did you mean "age"/,
  );
});

it.each([
  ["a quote that closes in the midst", '1,"a"b\n', {}],
  ["a quote that never closes", '1,"a\n', {}],
  ["a row that is too long", `${"y".repeat(90)},1\n`, { maxRowBytes: 40 }],
] as const)("loses no rows after %s, whatever happens to bad rows", async (_, bad, more) => {
  const text = `a,b\n${bad}${"1,2\n".repeat(50)}`;
  await expect(read(text, { ...more, onBadRow: "skip" })).rejects.toThrow(
    /a row of CSV in ".*", line 2, but got .*cannot be known/s,
  );
});
