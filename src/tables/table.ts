import type { Batch } from "../data/dataset.js";
import { from, type Source } from "../data/pipeline/from.js";
import { once, type Stream } from "../data/pipeline/run.js";
import { Pipeline } from "../data/pipeline.js";
import { describe, fail } from "../errors.js";
import type { DType } from "../kernels/kernels.js";
import { Matrix } from "../matrix.js";
import { checkOptions, integer, oneOf, optional, type Rule, text } from "../options.js";
import type { Coder, Row } from "./coder.js";
import { numeric } from "./numbers.js";
import { Side } from "./side.js";

export interface TableOptions {
  /** How each column becomes numbers; they stand in this order. Other columns of a row are passed by. */
  columns: Readonly<Record<string, Coder>>;
  /** The same of what is to be predicted. Default: nothing. */
  target?: Readonly<Record<string, Coder>>;
}

export interface TableBatchOptions {
  /** Default: 32. */
  batchSize?: number;
  /** That of the model. Default: "float32". */
  dtype?: DType;
  /** The column that says how much a row counts. Default: all count the same. */
  sampleWeight?: string;
}

/** Rows that come one after another, or a function that makes such for each pass. */
export type Rows = Source<Row> | ((pass: number) => Source<Row>);

const coders: Rule = {
  expected: "coders by column, such as { age: standardize() }",
  accepts: (v) =>
    typeof v === "object" && v !== null && Object.values(v).length > 0 && Object.values(v).every(isCoder),
};

const isCoder = (v: unknown): boolean =>
  typeof v === "object" && v !== null && "encode" in v && "learner" in v;

/** Makes matrices of rows of a table, and rows of predictions. What it learned of the data is its options, so it is saved with a model. */
export class Table {
  private readonly inputs: Side;
  private readonly targets: Side;

  /** @throws ChainruleError for anything but coders */
  constructor(readonly options: TableOptions) {
    checkOptions("Table", options, { columns: coders, target: optional(coders) });
    this.inputs = new Side("columns", options.columns);
    this.targets = new Side("target", options.target ?? {});
  }

  /** Whether it knows all that it needs: coders that were given everything have nothing to learn. */
  get isFitted(): boolean {
    return this.inputs.isFitted && this.targets.isFitted;
  }

  /** The names of the inputs, a number each: `["age", "city=Oslo", "city=Rome"]`. @throws ChainruleError before `fit` */
  get names(): readonly string[] {
    return this.inputs.names;
  }

  /** The names of the targets, a number each. @throws ChainruleError before `fit` */
  get targetNames(): readonly string[] {
    return this.targets.names;
  }

  /** The classes to predict, by their indices: the categories of the only target. @throws ChainruleError if there are none */
  get labels(): readonly string[] {
    return (
      this.targets.labels ??
      fail(
        "Table.labels",
        "one target, of categories that it has learned",
        this.options.target ? "another" : "none",
      )
    );
  }

  /**
   * A table that has learned from these rows, in one pass and in bounded memory: all but what its coders were given.
   * @throws ChainruleError that names row and column of a value that does not fit
   */
  async fit(rows: Rows): Promise<Table> {
    const sides = [this.inputs.learner(), this.targets.learner()];
    let r = 0;
    const { open } = source(rows);
    for await (const row of once(() => open(0))) {
      for (const side of sides) side.add(row, r);
      r++;
    }
    if (r === 0) fail("Table.fit", "at least one row", "none");
    const [columns, target] = sides.map((side) => side.done());
    return new Table(this.options.target === undefined ? { columns } : { columns, target });
  }

  /**
   * The inputs of a row, or of each of several, [rows × names]. Default: float32.
   * @throws ChainruleError that names row and column
   */
  matrix(rows: Row | readonly Row[], dtype: DType = "float32"): Matrix {
    return this.inputs.matrix(Array.isArray(rows) ? rows : [rows], 0, dtype);
  }

  /**
   * Batches of inputs and targets, for `fit` and `evaluate`, which can be gone through as often as the rows.
   * @throws ChainruleError without a target, before `fit`, and as it goes for a value that does not fit
   */
  batches(rows: Rows, options: TableBatchOptions = {}): Pipeline<Batch> {
    checkOptions("Table.batches", options, batchRules());
    if (this.options.target === undefined) fail("Table.batches", "a `target`", "none", "Give the table one.");
    const { batchSize = 32, dtype = "float32", sampleWeight } = options;
    const weights =
      sampleWeight === undefined ? undefined : new Side("sampleWeight", { [sampleWeight]: numeric() });
    const encode = (part: readonly Row[], start: number): Batch => {
      const [x, y] = [this.inputs, this.targets].map((side) => side.matrix(part, start, dtype));
      return weights ? { x, y, sampleWeight: weights.matrix(part, start, dtype) } : { x, y };
    };
    encode([], 0); // says at once what has not learned yet
    const { open, isOneShot } = source(rows);
    const begin = (pass: number) =>
      grouped(
        once(() => open(pass)),
        batchSize,
        encode,
      );
    return new Pipeline(begin, isOneShot);
  }

  /**
   * What predictions say of the target columns, a row each: numbers in their own units, names of categories. A class
   * that was predicted by a number for each, as with softmaxCrossEntropy, is the largest.
   */
  decode(predictions: Matrix): Record<string, string | number>[] {
    if (!Matrix.isMatrix(predictions)) fail("Table.decode", "a Matrix", describe(predictions));
    return this.targets.decode(predictions);
  }

  toJSON(): { type: string; options: object } {
    const { columns, target } = this.options;
    const written = (side: Readonly<Record<string, Coder>>) =>
      Object.fromEntries(Object.entries(side).map(([name, { type, options }]) => [name, { type, options }]));
    return {
      type: "Table",
      options: { columns: written(columns), ...(target && { target: written(target) }) },
    };
  }
}

const batchRules = () => ({
  batchSize: optional(integer(1)),
  dtype: optional(oneOf("float32", "float64")),
  sampleWeight: optional(text),
});

/** Either kind of rows; the overloads of `from` take them one by one. */
const source = (rows: Rows): Pipeline<Row> => from(rows as Source<Row>);

async function* grouped<T>(
  rows: Stream<Row>,
  size: number,
  encode: (part: readonly Row[], start: number) => T,
): AsyncGenerator<T> {
  let start = 0;
  let part: Row[] = [];
  for await (const row of rows) {
    if (part.push(row) < size) continue;
    yield encode(part, start);
    start += size;
    part = [];
  }
  if (part.length > 0) yield encode(part, start);
}
