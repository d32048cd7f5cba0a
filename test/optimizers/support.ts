import type { DType } from "chainrule";
import { kernelsFor } from "../../src/kernels/select.js";
import { Parameter } from "../../src/parameter.js";
import { matrixOf } from "../kernels/compare.js";

/** A parameter of one row. */
export const parameterOf = (numbers: readonly number[], name = "w", dtype: DType = "float64") =>
  new Parameter(name, matrixOf(1, numbers.length, [...numbers], dtype), kernelsFor(dtype));

export const valuesOf = (parameters: readonly Parameter[]) => parameters.map(({ value }) => [...value.data]);
