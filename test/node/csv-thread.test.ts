import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type BadRow, type CsvTrainingOptions, csv } from "chainrule/node";
import { expect, it } from "vitest";
import { bundleCsvWorker } from "../../scripts/build-csv-worker.mjs";
import { csvWorkerSource } from "../../src/node/generated/csv-worker.js";
import { fileOf, zipped } from "./support/files.js";

const columns = { a: "number", b: ["x", "y"], c: "integer" } as const;
const rows = Array.from({ length: 20_000 }, (_, i) => `${i / 8},${"xy"[i % 2]},${i}`);
const text = `a,b,c\n${rows.join("\n")}\n`;
const read = (path: string, thread: boolean, options: Partial<CsvTrainingOptions> = {}) =>
  csv(path, { columns, target: "c", batchSize: 100, thread, ...options });

it("is made of the present source", async () => {
  expect(csvWorkerSource).toBe(await bundleCsvWorker());
});

it.each([
  ["plain", text],
  ["gzip", zipped(text)],
])("brings the same batches as without a thread, %s, again and again", async (_, contents) => {
  const path = fileOf(contents);
  const expected = await read(path, false).toArray();
  const data = read(path, true);
  expect(expected).toHaveLength(200);
  for (let pass = 0; pass < 2; pass++) expect(await data.toArray()).toEqual(expected);
  expect(await read(path, true, { batchSize: 4999 }).toArray()).toEqual(
    await read(path, false, { batchSize: 4999 }).toArray(),
  );
});

it.each([
  ["a bad row", () => fileOf(text.replace("\n9.5,", "\nnine,"))],
  ["a file that is not there", () => "no/such.csv"],
  ["an empty file", () => fileOf("")],
  ["half a gzip file", () => fileOf(zipped(text).subarray(0, 9000))],
  ["names that are wrong", () => fileOf(text.replace("b", "d"))],
])("says the same of %s", async (_, make) => {
  const path = make();
  const said = (thread: boolean) => read(path, thread).toArray().then(String, String);
  expect(await said(true)).toMatch(/^ChainruleError: csv expects/);
  expect(await said(true)).toBe(await said(false));
});

it("hands bad rows to the caller, and leaves them out", async () => {
  const path = fileOf(text.replace("\n9.5,", "\nnine,").replace("\n2000,", "\n,"));
  const problems: BadRow[] = [];
  const batches = await read(path, true, { onBadRow: (row) => problems.push(row) }).toArray();
  expect(problems.map(({ line, got }) => [line, got])).toEqual([
    [78, '"nine"'],
    [16_002, "none"],
  ]);
  expect(batches.reduce((sum, { x }) => sum + x.rows, 0)).toBe(19_998);
  expect(await read(path, true, { onBadRow: "skip" }).toArray()).toEqual(batches);
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
  const path = fileOf(`${text}bad,x,1\n`); // in the last of twenty blocks
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
  expect(stdout).toBe("20000\n");
});
