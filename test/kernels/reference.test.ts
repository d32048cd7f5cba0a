import { describe, expect, it } from "vitest";
import { referenceKernels } from "../../src/kernels/reference.js";
import { checkKernels } from "./conformance.js";

describe("reference kernels", () => {
  checkKernels(referenceKernels);

  it.each(["float32", "float64"] as const)("say what they are, %s", (dtype) => {
    const { name, dtype: width } = referenceKernels(dtype);
    expect([name, width]).toEqual(["reference", dtype]);
  });
});
