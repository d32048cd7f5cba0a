import { describe, fail } from "../errors.js";
import type { DType } from "../kernels/kernels.js";
import { checkOptions, integer, oneOf, optional, shape } from "../options.js";
import type { Shape } from "../shape.js";
import type { Table } from "../tables/table.js";

export interface SequentialOptions {
  /** The shape of a row of inputs, such as [784]. Default: that of the table, or of the first batch. */
  input?: Shape;
  /** What makes inputs of rows such as `{ age: 3, city: "Rome" }`: `predict` then takes such rows. It has learned all. */
  table?: Table;
  /** Where all random numbers come from: weights, shuffling, dropout. A whole number from 0. Default: 0. */
  seed?: number;
  /** Default: "float32". */
  dtype?: DType;
}

export const optionRules = () => ({
  input: optional(shape),
  table: optional({
    expected: "a Table",
    accepts: (v) => typeof v === "object" && v !== null && "matrix" in v,
  }),
  seed: optional(integer(0)),
  dtype: optional(oneOf("float32", "float64")),
});

/** @throws ChainruleError for anything but known options with values that fit */
export function expectOptions(options: SequentialOptions): SequentialOptions {
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    fail("Sequential", "an options object after the layers", describe(options), "Write { input: [784] }.");
  }
  checkOptions("Sequential", options, optionRules());
  return options;
}
