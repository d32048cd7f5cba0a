import { describe, fail } from "../errors.js";
import { Matrix } from "../matrix.js";
import { kinds, type Tensor, type TensorLike, type TensorType } from "./tensors.js";

/** A Matrix, or numbers with their shape, as a tensor. @throws ChainruleError unless dtype, shape and numbers agree */
export function tensorOf(who: string, like: TensorLike): Tensor {
  if (Matrix.isMatrix(like)) {
    const dtype = like.dtype === "float32" ? "F32" : "F64";
    return { dtype, shape: [like.rows, like.cols], data: like.data };
  }
  if (typeof like !== "object" || like === null || !ArrayBuffer.isView(like.data)) {
    fail(who, "a Matrix, or { shape, data } with a typed array", describe(like));
  }
  const { shape, data } = like;
  const fitting = Object.entries(kinds).filter(([, k]) => data instanceof k.array && !("widen" in k));
  const [dtype] = fitting.find(([one]) => like.dtype === undefined || one === like.dtype) ?? [];
  if (dtype === undefined) {
    const can = fitting.map(([one]) => one).join(", ");
    return fail(who, `a dtype of ${describe(data)}: ${can || "none"}`, describe(like.dtype));
  }
  const isShape = Array.isArray(shape) && shape.every((side) => Number.isSafeInteger(side) && side >= 0);
  if (!isShape || shape.reduce((product, side) => product * side, 1) !== data.length) {
    const got = isShape ? `[${shape.join(" × ")}]` : describe(shape);
    fail(who, `a shape of ${data.length} numbers`, got);
  }
  return { dtype: dtype as TensorType, shape, data };
}
