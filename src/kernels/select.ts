import type { DType, Kernels } from "./kernels.js";
import { referenceKernels } from "./reference.js";
import { webAssembly } from "./simd/webassembly.js";
import { arrayKernels, modelKernels } from "./simd.js";

const chosen: { [dtype in DType]?: Kernels } = {};

/** The kernels for matrices of this width in ordinary arrays, made when first asked for. */
export function kernelsFor(dtype: DType): Kernels {
  chosen[dtype] ??=
    dtype === "float32" && webAssembly() !== undefined ? arrayKernels() : referenceKernels(dtype);
  return chosen[dtype];
}

/** Kernels with a memory of their own, for a model of this width. */
export function kernelsForModel(dtype: DType): Kernels {
  return dtype === "float32" && webAssembly() !== undefined ? modelKernels() : kernelsFor(dtype);
}
