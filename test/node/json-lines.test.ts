import { type BadRow, jsonLines } from "chainrule/node";
import { expect, it } from "vitest";
import { fileOf, zipped } from "./support/files.js";

const text = '{"age":3,"city":"Rome"}\n\n{"age":4,"city":null}';
const rows = [
  { age: 3, city: "Rome" },
  { age: 4, city: null },
];

it.each([
  ["plain", text],
  ["with CRLF", text.replaceAll("\n", "\r\n")],
  ["with a last line break", `${text}\n`],
  ["with a byte order mark", `\ufeff${text}`],
  ["gzip", zipped(text)],
])("reads an object in each line, %s", async (_, contents) => {
  expect(await jsonLines(fileOf(contents, "rows.jsonl")).toArray()).toEqual(rows);
});

it("reads lines that are longer than what is read at a time", async () => {
  const long = "é".repeat(400_000);
  const path = fileOf(`{"a":"${long}"}\n{"a":"short"}\n`);
  expect(await jsonLines(path).toArray()).toEqual([{ a: long }, { a: "short" }]);
});

it("names file and line of what is no object; skips or collects it", async () => {
  const path = fileOf('{"a":1}\n[1]\nnull\n{"a":\n{"a":1,"a":2}\n{"b":5}\n', "rows.jsonl");
  await expect(jsonLines(path).toArray()).rejects.toThrow(
    /^jsonLines expects a JSON object, but got "\[1\]" in ".*rows\.jsonl", line 2\. Mend it/,
  );
  expect(await jsonLines(path, { onBadRow: "skip" }).toArray()).toEqual([{ a: 1 }, { b: 5 }]);
  const problems: BadRow[] = [];
  await jsonLines(path, { onBadRow: (row) => problems.push(row) }).toArray();
  expect(problems.map(({ line }) => line)).toEqual([2, 3, 4, 5]);
  expect(problems[3].got).toMatch(/the name "a" twice in one object/);
});

it("does not keep a line that never ends", async () => {
  const path = fileOf(`{"a":1}\n${"x".repeat(3_000_000)}\n{"b":2}\n`);
  await expect(jsonLines(path).toArray()).rejects.toThrow(
    /lines of at most 1048576 characters, but got \d+ characters in .*line 2/,
  );
  expect(await jsonLines(path, { onBadRow: "skip" }).toArray()).toEqual([{ a: 1 }, { b: 2 }]);
});

it("does nothing to prototypes", async () => {
  const [row] = await jsonLines(fileOf('{"__proto__":{"polluted":true}}')).toArray();
  expect(Object.keys(row)).toEqual(["__proto__"]);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

it("refuses bytes that are no text, and wrong options", async () => {
  await expect(jsonLines(fileOf(Uint8Array.of(0xff, 10))).toArray()).rejects.toThrow(/text in UTF-8/);
  expect(() => jsonLines("x", { maxLineLenght: 1 } as never)).toThrow(/Did you mean "maxLineLength"/);
});
