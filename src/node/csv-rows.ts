import { type CsvError, type Parser, parse } from "csv-parse";
import { fail } from "../errors.js";
import { type BadRow, reportBadRow } from "./bad-rows.js";
import type { CsvOptions } from "./csv.js";
import { type Column, columnsOf, Problem, type Value } from "./csv-columns.js";
import { readChunks } from "./read-chunks.js";

/** After these the parser would take the rest of the file for a part of the row, and lose it. */
const FATAL: ReadonlySet<string> = new Set([
  "CSV_INVALID_CLOSING_QUOTE",
  "CSV_QUOTE_NOT_CLOSED",
  "CSV_MAX_RECORD_SIZE",
]);

/** A record that the parser could not take, behind so many that it could. */
interface Skipped {
  readonly after: number;
  readonly error: CsvError;
}

/**
 * The rows of a CSV file as values of the wanted columns, in blocks as they are read; bad rows are dealt with as the
 * options say. `start` is told of the columns first. With `whole` a row with a missing value is bad.
 */
export async function* readBlocks(
  who: string,
  path: string,
  options: CsvOptions,
  start: (columns: readonly Column[]) => void,
  whole = false,
): AsyncGenerator<readonly (readonly Value[])[]> {
  const skipped: Skipped[] = [];
  const parser: Parser = parse({
    ...{
      bom: true,
      record_delimiter: ["\r\n", "\n", "\r"],
      delimiter: options.delimiter ?? ",",
      relax_column_count: true,
      skip_records_with_error: true,
    },
    max_record_size: options.maxRowBytes ?? 2 ** 20,
    on_skip: (error) => void (error && skipped.push({ after: parser.info.records, error })),
  });
  let failure: Error | undefined;
  parser.on("error", (error) => {
    failure = error;
  });
  const reader = new RowReader(who, path, options, start, whole);
  const take = (records: readonly string[][]) => {
    if (failure !== undefined) fail(who, `rows of CSV in ${JSON.stringify(path)}`, failure.message);
    return reader.read(records, skipped);
  };
  const text = new TextDecoder("utf-8", { fatal: true });
  for await (const chunk of readChunks(who, path)) {
    expectText(who, path, () => text.decode(chunk, { stream: true }));
    parser.write(chunk);
    yield take(drain(parser));
  }
  expectText(who, path, () => text.decode());
  parser.end();
  const rest: string[][] = [];
  for await (const record of parser) rest.push(record);
  yield take(rest);
  reader.end();
}

/** What the parser has ready. */
function drain(parser: Parser): string[][] {
  const records: string[][] = [];
  for (let record = parser.read(); record !== null; record = parser.read()) records.push(record);
  return records;
}

function expectText(who: string, path: string, decode: () => unknown): void {
  try {
    decode();
  } catch {
    fail(who, `text in UTF-8 in ${JSON.stringify(path)}`, "other bytes", "Convert the file: iconv -t utf-8.");
  }
}

/** Makes values of the fields of records, one after another, and knows the line. */
class RowReader {
  private line = 1;
  private count = 0; // of records
  private header: readonly string[] | undefined;
  private columns: readonly Column[] = [];
  private readonly missing: ReadonlySet<string>;

  constructor(
    private readonly who: string,
    private readonly path: string,
    private readonly options: CsvOptions,
    private readonly start: (columns: readonly Column[]) => void,
    private readonly whole: boolean,
  ) {
    this.missing = new Set(options.missing ?? ["", "NA"]);
    if (typeof options.header === "object") this.begin(options.header);
  }

  read(records: readonly string[][], skipped: Skipped[]): Value[][] {
    const rows: Value[][] = [];
    for (const fields of records) {
      while (skipped.length > 0 && skipped[0].after <= this.count) this.skip(skipped.shift() as Skipped);
      this.count++;
      const { line } = this;
      this.line += linesOf(fields);
      if (this.header === undefined) {
        const named = this.options.header !== false;
        this.begin(named ? fields : fields.map((_, i) => String(i)));
        if (named) continue;
      }
      if (fields.length === 1 && fields[0] === "" && this.header?.length !== 1) continue; // an empty line
      const values = this.valuesOf(fields, line);
      if (values !== undefined) rows.push(values);
    }
    while (skipped.length > 0) this.skip(skipped.shift() as Skipped);
    return rows;
  }

  /** @throws ChainruleError if there was not even a header */
  end(): void {
    if (this.header === undefined)
      fail(this.who, `a header in ${JSON.stringify(this.path)}`, "an empty file");
  }

  private begin(header: readonly string[]): void {
    this.header = header;
    this.columns = columnsOf(this.who, header, this.options.columns);
    this.start(this.columns);
  }

  private valuesOf(fields: readonly string[], line: number): Value[] | undefined {
    const wanted = this.header?.length ?? 0;
    if (fields.length !== wanted) {
      return this.bad({ line, expected: `${wanted} fields, as the header`, got: String(fields.length) });
    }
    const values: Value[] = [];
    for (const { name, index, read } of this.columns) {
      const field = fields[index];
      if (this.missing.has(field)) {
        if (this.whole) return this.bad({ line, column: name, expected: "a value", got: "none" });
        values.push(null);
        continue;
      }
      const value = read(field);
      if (value instanceof Problem) return this.bad({ line, column: name, ...value });
      if (this.whole && typeof value === "number" && !Number.isFinite(Math.fround(value))) {
        return this.bad({ line, column: name, expected: "a number of float32", got: field });
      }
      values.push(value);
    }
    return values;
  }

  private skip({ error }: Skipped): void {
    if (Number(error.lines) < this.line) return; // a second complaint of one row
    if (FATAL.has(error.code)) {
      const where = `in ${JSON.stringify(this.path)}, line ${this.line}`;
      const advice = "Where the next row begins cannot be known: mend the file, or raise `maxRowBytes`.";
      fail(this.who, `a row of CSV ${where}`, error.message, advice);
    }
    this.bad({ line: this.line, expected: "a row of CSV", got: error.message });
    this.line = Number(error.lines ?? this.line) + 1;
  }

  private bad(problem: Omit<BadRow, "file">): undefined {
    reportBadRow(this.who, this.options.onBadRow ?? "throw", { file: this.path, ...problem });
    return undefined;
  }
}

/** How many lines a record takes: one, and one for each line break in quotes. */
function linesOf(fields: readonly string[]): number {
  let lines = 1;
  for (const field of fields) {
    for (let at = field.indexOf("\n"); at >= 0; at = field.indexOf("\n", at + 1)) lines++;
  }
  return lines;
}
