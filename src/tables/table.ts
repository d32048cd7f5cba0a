import type { Batch } from "../data/dataset.js";
import { from, type Source } from "../data/pipeline/from.js";
import { once, type Stream } from "../data/pipeline/run.js";
import { Pipeline } from "../data/pipeline.js";
import { describe, fail } from "../errors.js";
import { Matrix } from "../matrix.js";
import { checkOptions, integer, optional, type Rule } from "../options.js";
import type { Coder, Row } from "./coder.js";
import { Side } from "./side.js";

export interface TableOptions {
  /** How each column becomes numbers; they stand in this order. Other columns of a row are passed by. */
  columns: Readonly<Record<string, Coder>>;
  /** The same of what is to be predicted. Default: nothing. */
  target?: Readonly<Record<string, Coder>>;
}

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

  /**
   * A table that has learned from these rows, in one pass and in bounded memory.
   * @throws ChainruleError that names row and column of a value that does not fit
   */
  async fit(rows: Source<Row>): Promise<Table> {
    const sides = [this.inputs.learner(), this.targets.learner()];
    let r = 0;
    const { open } = from(rows);
    for await (const row of once(() => open(0))) {
      for (const side of sides) side.add(row, r);
      r++;
    }
    if (r === 0) fail("Table.fit", "at least one row", "none");
    const [columns, target] = sides.map((side) => side.done());
    return new Table(this.options.target === undefined ? { columns } : { columns, target });
  }

  /** The inputs of a row, or of each of several, [rows × names]. @throws ChainruleError that names row and column */
  matrix(rows: Row | readonly Row[]): Matrix {
    return this.inputs.matrix(isRows(rows) ? rows : [rows], 0);
  }

  /** Batches of inputs and targets, for `fit` and `evaluate`. Default: 32 rows. @throws ChainruleError without a target */
  batches(rows: Source<Row>, options: { batchSize?: number } = {}): Pipeline<Batch> {
    checkOptions("Table.batches", options, { batchSize: optional(integer(1)) });
    if (this.options.target === undefined) fail("Table.batches", "a `target`", "none", "Give the table one.");
    const { batchSize = 32 } = options;
    const source = from(rows);
    const group = (pass: number) =>
      this.group(
        once(() => source.open(pass)),
        batchSize,
      );
    return new Pipeline(group, source.isOneShot);
  }

  private async *group(rows: Stream<Row>, size: number): AsyncGenerator<Batch> {
    let start = 0;
    let part: Row[] = [];
    const batch = () => ({ x: this.inputs.matrix(part, start), y: this.targets.matrix(part, start) });
    for await (const row of rows) {
      if (part.push(row) < size) continue;
      yield batch();
      start += size;
      part = [];
    }
    if (part.length > 0) yield batch();
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

const isRows = (rows: Row | readonly Row[]): rows is readonly Row[] => Array.isArray(rows);
