import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parquet } from "chainrule/node";
import { parquetWriteFile } from "hyparquet-writer";
import { expect, it, onTestFinished } from "vitest";
import { fileOf } from "./support/files.js";

const ages = Array.from({ length: 2500 }, (_, i) => i / 2);
const cities = ages.map((_, i) => ["Rome", "Oslo"][i % 2]);

function written(ids: readonly bigint[] = ages.map((_, i) => BigInt(i))): string {
  const folder = mkdtempSync(join(tmpdir(), "parquet-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const filename = join(folder, "people.parquet");
  parquetWriteFile({
    filename,
    columnData: [
      { name: "age", data: ages, type: "DOUBLE" },
      { name: "city", data: cities, type: "STRING" },
      { name: "id", data: [...ids], type: "INT64" },
    ],
    rowGroupSize: 1000,
  });
  return filename;
}

it("reads rows of all groups, again and again", async () => {
  const rows = parquet(written());
  for (let pass = 0; pass < 2; pass++) {
    const all = await rows.toArray();
    expect(all).toHaveLength(2500);
    expect(all[2001]).toEqual({ age: 1000.5, city: "Oslo", id: 2001 });
  }
});

it("reads the columns that are named, and as many rows as are wanted", async () => {
  const rows = await parquet(written(), { columns: ["city"] })
    .take(1500)
    .toArray();
  expect(rows).toHaveLength(1500);
  expect(rows[1499]).toEqual({ city: "Oslo" });
});

it("reads a file that another tool wrote: Rust's parquet crate, by parquet-wasm 0.8, Zstandard, three groups", async () => {
  const rows = await parquet(
    fileURLToPath(new URL("support/people-arrow.parquet", import.meta.url)),
  ).toArray();
  expect(rows).toEqual(
    Array.from({ length: 300 }, (_, i) => ({
      id: i,
      age: i % 10 === 3 ? null : i / 4,
      city: ["Rome", "Oslo", "São Paulo"][i % 3],
      smoker: i % 2 === 0,
      children: i % 7 === 0 ? null : i % 5,
    })),
  );
});

it("refuses a column whose values an object would lose", async () => {
  const folder = mkdtempSync(join(tmpdir(), "parquet-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const filename = join(folder, "proto.parquet");
  const column = (name: string) => ({ name, data: [1, 2], type: "DOUBLE" as const });
  parquetWriteFile({ filename, columnData: [column("__proto__"), column("b")] });
  await expect(parquet(filename).toArray()).rejects.toThrow(/names that an object can have/);
  expect(await parquet(filename, { columns: ["b"] }).toArray()).toEqual([{ b: 1 }, { b: 2 }]);
});

it("refuses numbers that would be changed, files that are none, and columns that are not there", async () => {
  const huge = ages.map((_, i) => (i === 7 ? 2n ** 60n : 0n));
  await expect(parquet(written(huge)).toArray()).rejects.toThrow(
    /whole numbers below 2⁵³ in column "id", row 7/,
  );
  await expect(parquet(fileOf("no parquet at all")).toArray()).rejects.toThrow(
    /^parquet expects a whole Parquet file in ".*"/,
  );
  await expect(parquet("no/such.parquet").toArray()).rejects.toThrow(
    /parquet expects a whole Parquet file.*ENOENT/,
  );
  await expect(parquet(written(), { columns: ["citi"] }).toArray()).rejects.toThrow(/Did you mean "city"/);
  expect(() => parquet("x", { colums: [] } as never)).toThrow(/Did you mean "columns"/);
});
