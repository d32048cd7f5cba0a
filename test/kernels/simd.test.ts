import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chooseNumerics, moduleFor, type Numerics } from "../../src/kernels/simd/engine.js";
import { arrayKernels, modelKernels } from "../../src/kernels/simd.js";
import { checkKernels } from "./conformance.js";

// Node 20 has no fused arithmetic: test/runtimes runs the fast set on engines that have it.
const kinds = (["exact", "fast"] as const).filter((kind) => moduleFor(kind) !== undefined);

describe.each(kinds)("SIMD kernels, %s", (kind: Numerics) => {
  beforeAll(() => chooseNumerics(kind));
  afterAll(() => chooseNumerics(kinds[kinds.length - 1]));

  describe("with a memory of their own", () => checkKernels(modelKernels, ["float32"]));
  describe("for ordinary arrays", () => checkKernels(arrayKernels, ["float32"]));

  it("are there", () => expect(modelKernels().name).toBe("simd"));
});
