import { describe, it } from "vitest";
import type { DType, Kernels } from "../../src/kernels/kernels.js";
import { addScaledLaw, elementwiseLaw, memoryLaw, movingLaw } from "./laws/arithmetic.js";
import { descendLaw, descendProductLaw } from "./laws/descent.js";
import { exactCurvesLaw, smoothCurvesLaw, softmaxGradientLaw, softmaxLaw } from "./laws/maps.js";
import { productExtremesLaw, productLaw, productRowLaw } from "./laws/products.js";
import { sizesLaw } from "./laws/sizes.js";
import { allFiniteLaw, columnSumsLaw, rowSumsLaw } from "./laws/sums.js";
import { adamLaw, momentumLaw } from "./laws/updates.js";

/** The contract of src/kernels/kernels.ts, law by law. A law throws where kernels leave it. */
export const kernelLaws: Readonly<Record<string, (kernels: Kernels) => void>> = {
  "product a·b": productLaw("product"),
  "product aᵀ·b": productLaw("transposedProduct"),
  "product a·bᵀ": productLaw("productTransposed"),
  "product a·b at extremes": productExtremesLaw("product"),
  "product aᵀ·b at extremes": productExtremesLaw("transposedProduct"),
  "product a·bᵀ at extremes": productExtremesLaw("productTransposed"),
  "a row alone has the bits of a·b": productRowLaw("product"),
  "a row alone has the bits of a·bᵀ": productRowLaw("productTransposed"),
  "a + b": elementwiseLaw("add"),
  "a − b": elementwiseLaw("subtract"),
  "a ∘ b": elementwiseLaw("multiply"),
  "a / b": elementwiseLaw("divide"),
  "y += s·x": addScaledLaw,
  "fill, copy, gather, transpose": movingLaw,
  memory: memoryLaw,
  "sums of columns": columnSumsLaw,
  "sums of rows, and of all": rowSumsLaw,
  "finite or not": allFiniteLaw,
  "curves of arithmetic": exactCurvesLaw,
  "smooth curves": smoothCurvesLaw,
  softmax: softmaxLaw,
  "softmax, backward": softmaxGradientLaw,
  "w += s·(g / divisor)": descendLaw,
  "w += s·(xᵀ·dy / divisor)": descendProductLaw,
  momentum: momentumLaw,
  adam: adamLaw,
  "wrong sizes": sizesLaw,
};

/** Runs all laws on a kernel set, in both widths or in those given. */
export function checkKernels(
  make: (dtype: DType) => Kernels,
  dtypes: readonly DType[] = ["float32", "float64"],
): void {
  describe.each(dtypes)("%s", (dtype) => {
    it.each(Object.entries(kernelLaws))("%s", (_, law) => law(make(dtype)));
  });
}
