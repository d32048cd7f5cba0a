import { expect, inject, it } from "vitest";
import { engines } from "./support/engines.js";
import { runScript } from "./support/run-script.js";

const { consumer } = inject("installed");

it.each(engines)("$name has SIMD kernels, fused where it can fuse", async (engine) => {
  expect(await runScript(engine, "kernels.mjs", {}, consumer)).toEqual({
    ...{ name: "simd", simd: true, fused: engine.fused, fuses: engine.fused },
    threads: expect.toSatisfy((threads) => Number.isInteger(threads) && threads >= 1 && threads <= 8),
    microKernel: expect.stringMatching(/^\d×\d+$/),
  });
});

it.each(engines)("$name computes in the reference kernels without WebAssembly", async (engine) => {
  expect(await runScript(engine, "kernels.mjs", { withoutWebAssembly: true }, consumer)).toEqual({
    ...{ name: "reference", simd: false, fused: false, fuses: false, threads: 1, microKernel: "1×1" },
  });
});
