import type { DType, Kernels } from "./kernels.js";
import { referenceKernels } from "./reference.js";

const chosen: { [dtype in DType]?: Kernels } = {};

/** The kernels for numbers of this width, made when first asked for. */
export function kernelsFor(dtype: DType): Kernels {
  chosen[dtype] ??= referenceKernels(dtype);
  return chosen[dtype];
}
