import { fail } from "../errors.js";
import { tensorOf } from "../io/tensor-of.js";
import type { TensorData, TensorLike } from "../io/tensors.js";
import type { DType } from "../kernels/kernels.js";
import { Matrix } from "../matrix.js";
import { checkOptions, oneOf, optional } from "../options.js";

export interface ToMatrixOptions {
  /** Default: "float32", as that of a model. */
  dtype?: DType;
}

/**
 * A tensor as examples: a row for each place of its first side. [n] becomes [n × 1], one number a row, as labels are;
 * [n × 28 × 28] becomes [n × 784], for a model whose `input` is [28, 28]. Numbers are converted to `dtype`, and are not
 * copied where they have it.
 * @throws ChainruleError for a whole number that `dtype` cannot hold exactly, and for one that would become infinite
 */
export function toMatrix(tensor: TensorLike, options: ToMatrixOptions = {}): Matrix {
  const who = "toMatrix";
  checkOptions(who, options, { dtype: optional(oneOf("float32", "float64")) });
  const { dtype = "float32" } = options;
  const like = typeof tensor === "object" && tensor !== null ? tensor : ({} as TensorLike);
  if (/^F8/.test(like.dtype ?? "")) fail(who, "numbers", `the bytes of ${like.dtype}`);
  // A dtype that was widened does not matter here: the numbers and their shape do.
  const { shape, data } = tensorOf(
    who,
    Matrix.isMatrix(like) ? like : { shape: like.shape, data: like.data },
  );
  const [rows = 1, ...sides] = shape;
  const cols = sides.reduce((product, side) => product * side, 1);
  const wanted = dtype === "float32" ? Float32Array : Float64Array;
  return new Matrix(
    rows,
    cols,
    data instanceof wanted ? data : converted(who, data, new wanted(data.length)),
  );
}

function converted<F extends Float32Array | Float64Array>(who: string, from: TensorData, to: F): F {
  const isWhole = !(from instanceof Float32Array || from instanceof Float64Array);
  for (let i = 0; i < from.length; i++) {
    const x = from[i];
    to[i] = Number(x);
    const isExact = typeof x === "bigint" ? BigInt(to[i]) === x : to[i] === x;
    if (isExact || (!isWhole && Number.isFinite(x) === Number.isFinite(to[i]))) continue;
    const width = to instanceof Float32Array ? "float32" : "float64";
    const advice =
      width === "float32" ? 'Say { dtype: "float64" }, or scale the numbers.' : "Use fewer digits.";
    fail(who, `numbers that ${width} can hold`, `${x} in place ${i}`, advice);
  }
  return to;
}
