import { fail } from "../errors.js";
import type { DType } from "../kernels/kernels.js";
import type { Line } from "../tables/coder.js";
import type { Table } from "../tables/table.js";
import { arithmetic } from "./arithmetic.js";
import type { OnnxGraph, OnnxValue } from "./onnx-graph.js";

/** How each column becomes numbers. @throws ChainruleError for a column that is not of numbers */
export function linesOf(who: string, table: Table | undefined): readonly Line[] {
  if (table === undefined) {
    fail(who, "a model with a `table` for `preprocessing`", "one without", "Leave `preprocessing` out.");
  }
  return Object.entries(table.options.columns).map(([name, { type, line }]) => {
    const advice = "Leave `preprocessing` out, and give the file the numbers that `table.matrix` makes.";
    return (
      line ??
      fail(who, "columns of numbers for `preprocessing`", `${type} in column ${JSON.stringify(name)}`, advice)
    );
  });
}

/**
 * What `table.matrix` makes of rows, x [batch × columns] in float64, NaN where there is nothing. Constants of the graph have
 * to be float64 meanwhile: of columns far from 0 float32 would lose digits.
 */
export function writeLines(lines: readonly Line[], graph: OnnxGraph, x: OnnxValue, dtype: DType): OnnxValue {
  const { add, sub, div, where } = arithmetic(graph);
  const row = (part: (line: Line) => number) => graph.constant(lines.map(part));
  const isNothing = () => graph.node("IsNaN", [x]);
  const cast = (value: OnnxValue, to: DType) =>
    graph.node("Cast", [value], { attributes: { to: TYPES[to] } });
  const hasFill = lines.some(({ fill }) => fill !== undefined);
  const filled = hasFill
    ? where(
        isNothing(),
        row(({ fill }) => fill ?? Number.NaN),
        x,
      )
    : x;
  const scaled = div(
    sub(
      filled,
      row(({ shift }) => shift),
    ),
    row(({ scale }) => scale),
  );
  const numbers = cast(
    add(
      scaled,
      row(({ start }) => start),
    ),
    dtype,
  );
  if (!lines.some(({ indicator }) => indicator)) return numbers;
  const both = [numbers, cast(isNothing(), dtype)];
  const order = lines.flatMap(({ indicator }, i) => (indicator ? [i, lines.length + i] : [i]));
  return graph.node(
    "Gather",
    [graph.node("Concat", both, { attributes: { axis: -1n } }), graph.indices(order)],
    { attributes: { axis: 1n }, shape: [order.length] },
  );
}

/** The numbers of the types in `TensorProto.DataType`. */
const TYPES = { float32: 1n, float64: 11n } as const;
