import { from } from "../data/pipeline/from.js";
import type { Pipeline } from "../data/pipeline.js";
import { describe, didYouMean, fail } from "../errors.js";
import { without } from "../io/optional-package.js";
import { checkOptions, optional } from "../options.js";

export interface ParquetOptions {
  /** The names of the columns to read. Default: all. */
  columns?: readonly string[];
}

const WHO = "parquet";
const names = {
  expected: "a list of texts",
  accepts: (v: unknown) => Array.isArray(v) && v.every((one) => typeof one === "string"),
};

/**
 * The rows of a Parquet file as objects, one group of rows in memory at a time, by the package `hyparquet` (and, for other
 * compression than Snappy, `hyparquet-compressors`). Whole numbers of 64 bits become numbers.
 * @throws ChainruleError for wrong options; and while it is read, without the package, and for a file that cannot be read
 */
export function parquet<T extends object = Record<string, unknown>>(
  path: string,
  options: ParquetOptions = {},
): Pipeline<T> {
  if (typeof path !== "string") fail(WHO, "the path of a file", describe(path));
  checkOptions(WHO, options, { columns: optional(names) });
  return from(() => rows<T>(path, options.columns));
}

async function* rows<T>(path: string, columns: readonly string[] | undefined): AsyncGenerator<T> {
  const { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects, parquetSchema } = await import(
    "hyparquet"
  ).catch(without(WHO, "hyparquet"));
  const reading = <R>(work: Promise<R>): Promise<R> =>
    work.catch((error: Error) => fail(WHO, `a whole Parquet file in ${JSON.stringify(path)}`, error.message));
  const file = await reading(asyncBufferFromFile(path));
  const metadata = await reading(parquetMetadataAsync(file));
  const known = parquetSchema(metadata).children.map(({ element }) => element.name);
  if ((columns ?? known).includes("__proto__"))
    fail(WHO, "names that an object can have", '"__proto__"', "Leave the column out by `columns`.");
  const missing = columns?.find((name) => !known.includes(name));
  if (missing !== undefined) {
    fail(WHO, `a column ${JSON.stringify(missing)}`, `only ${known.join(", ")}`, didYouMean(missing, known));
  }
  const extra = await import("hyparquet-compressors").then(
    ({ compressors }) => ({ compressors }),
    () => ({}),
  );
  const wanted = columns && { columns: [...columns] };
  let rowStart = 0;
  for (const group of metadata.row_groups) {
    const rowEnd = rowStart + Number(group.num_rows);
    const objects = await reading(
      parquetReadObjects({ ...{ file, metadata, rowStart, rowEnd }, ...wanted, ...extra }),
    );
    for (const [i, row] of objects.entries()) yield plain(row, path, rowStart + i) as T;
    rowStart = rowEnd;
  }
}

/** Whole numbers of 64 bits as numbers. @throws ChainruleError for one that a number cannot hold */
function plain(row: Record<string, unknown>, path: string, r: number): Record<string, unknown> {
  for (const [name, value] of Object.entries(row)) {
    if (typeof value !== "bigint") continue;
    if (!Number.isSafeInteger(Number(value))) {
      const where = `in column ${JSON.stringify(name)}, row ${r} of ${JSON.stringify(path)}`;
      fail(WHO, `whole numbers below 2⁵³ ${where}`, String(value), "Leave the column out by `columns`.");
    }
    row[name] = Number(value);
  }
  return row;
}
