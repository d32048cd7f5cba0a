import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Dataset } from "chainrule";
import { type BadRow, type CsvTrainingOptions, csv } from "chainrule/node";
import { expect, it } from "vitest";
import { bundleCsvWorker } from "../../scripts/build-csv-worker.mjs";
import { csvWorkerSource } from "../../src/node/generated/csv-worker.js";
import { fileOf, zipped } from "./support/files.js";

const columns = { a: "number", b: ["x", "y"], c: "integer" } as const;
const rows = Array.from({ length: 8000 }, (_, i) => `${i / 8},${"xy"[i % 2]},${i}`);
const text = `a,b,c\n${rows.join("\n")}\n`;
const read = (path: string, thread: boolean, options: Partial<CsvTrainingOptions> = {}) =>
  csv(path, { columns, target: "c", batchSize: 100, thread, ...options });

/** All that is in batches, as a text that is quick to compare. */
const summary = async (data: Dataset) => {
  const sum = createHash("sha256");
  const sizes: number[] = [];
  for await (const { x, y } of data) {
    sizes.push(x.rows, x.cols, y.rows, y.cols);
    for (const { data } of [x, y]) sum.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }
  return `${sum.digest("hex")} ${sizes}`;
};

it("is made of the present source", async () => {
  expect(csvWorkerSource).toBe(await bundleCsvWorker());
});

it.each([
  ["plain", text],
  ["gzip", zipped(text)],
])("brings the same batches as without a thread, %s, again and again", async (_, contents) => {
  const path = fileOf(contents);
  for (const batchSize of [7, 4999]) {
    const expected = await summary(read(path, false, { batchSize }));
    const data = read(path, true, { batchSize });
    for (let pass = 0; pass < 2; pass++) expect(await summary(data)).toBe(expected);
  }
});

it.each([
  ["a bad row", () => fileOf(text.replace("\n9.5,", "\nnine,"))],
  ["a file that is not there", () => "no/such.csv"],
  ["an empty file", () => fileOf("")],
  ["half a gzip file", () => fileOf(zipped(text).subarray(0, 5000))],
  ["names that are wrong", () => fileOf(text.replace("b", "d"))],
])("says the same of %s", async (_, make) => {
  const path = make();
  const said = (thread: boolean) => read(path, thread).toArray().then(String, String);
  expect(await said(true)).toMatch(/^ChainruleError: csv expects/);
  expect(await said(true)).toBe(await said(false));
});

it("hands bad rows to the caller, and leaves them out", async () => {
  const path = fileOf(text.replace("\n9.5,", "\nnine,").replace("\n500,", "\n,"));
  const problems: BadRow[] = [];
  const batches = await summary(read(path, true, { onBadRow: (row) => problems.push(row) }));
  expect(problems.map(({ line, got }) => [line, got])).toEqual([
    [78, '"nine"'],
    [4002, "none"],
  ]);
  expect(batches).toMatch(/,98,2,98,1$/); // two rows less than 8000
  expect(await summary(read(path, true, { onBadRow: "skip" }))).toBe(batches);
  const cause = new Error("enough");
  const failing = read(path, true, {
    onBadRow() {
      throw cause;
    },
  });
  await expect(failing.toArray()).rejects.toBe(cause);
});

it("reads no further ahead than it should", async () => {
  const problems: BadRow[] = [];
  const path = fileOf(`${text}bad,x,1\n`); // in the last of eight blocks
  const data = read(path, true, { onBadRow: (row) => problems.push(row) });
  for await (const _ of data) {
    await new Promise((resolve) => setTimeout(resolve, 300));
    break;
  }
  expect(problems).toEqual([]);
});

it("wants a target and a batch size", () => {
  expect(() => csv("x", { thread: true } as never)).toThrow(/a `target` for batches/);
  expect(() => csv("x", { target: "a", thread: true })).toThrow(/a `batchSize` for a `thread`/);
});

it("lets a script end that reads to the end, breaks off, or forgets its place", async () => {
  const program = `
    import { csv } from ${JSON.stringify(fileURLToPath(new URL("../../src/node/index.ts", import.meta.url)))};
    const data = csv(${JSON.stringify(fileOf(text))}, {
      columns: ${JSON.stringify(columns)}, target: "c", batchSize: 7, thread: true,
    });
    let rows = 0;
    for await (const { x } of data) rows += x.rows;
    for await (const _ of data) break;
    await data[Symbol.asyncIterator]().next();
    console.log(rows);`;
  const options = ["--import", "tsx", "--input-type=module", "--eval", program];
  const { stdout } = await promisify(execFile)(process.execPath, options);
  expect(stdout).toBe("8000\n");
});
