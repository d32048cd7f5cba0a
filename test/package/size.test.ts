import { gzipSync } from "node:zlib";
import { transform } from "esbuild";
import { expect, inject, it } from "vitest";
import { textOfBytes } from "../../scripts/text-of-bytes.mjs";
import { bundle } from "./support/bundle.js";

const { consumer } = inject("installed");

/** What trains and predicts, without files, pipelines, tables, and the catalogue of everything else. */
const core = [
  "Sequential, Layer, Elementwise, Context, Parameter, Matrix, Random, ChainruleError, named, formatShape, sizeOf",
  "Dense, Dropout, Flatten, Reshape, Softmax, ReLU, LeakyReLU, ELU, GELU, SiLU, Sigmoid, Tanh, Softplus",
  "meanSquaredError, meanAbsoluteError, huber, binaryCrossEntropy, categoricalCrossEntropy, softmaxCrossEntropy, lossOf",
  "accuracy, earlyStopping, checkGradients, Optimizer, Adam, GradientDescent, SGD",
  "zeros, ones, constant, uniform, normal, glorotNormal, glorotUniform, heNormal, heUniform, lecunNormal, lecunUniform",
  "l1, l2, l1l2, constantRate, cosineDecay, exponentialDecay, stepDecay, warmup",
  "oneHot, init, kernels, setNumerics, setThreads",
].join(", ");

async function kilobytesOf(program: string): Promise<number> {
  const { code } = await bundle(program, consumer);
  const minified = await transform(code, { minify: true });
  expect(minified.code).toContain(textOfBytes(Uint8Array.from([0, 0x61, 0x73, 0x6d]))); // how WebAssembly begins
  return gzipSync(minified.code, { level: 9 }).length / 1000;
}

it.each([
  ["Sequential, Dense, ReLU, SGD", "Sequential, Dense, ReLU, SGD", 47.5],
  ["the core", core, 60],
])("is small, minified and gzipped with its WebAssembly: %s", async (what, names, limit) => {
  const kilobytes = await kilobytesOf(`import { ${names} } from "chainrule"; globalThis.all = [${names}];`);
  console.log(`${what}: ${kilobytes.toFixed(1)} kB`);
  expect(kilobytes).toBeLessThan(limit);
});

it("is below 112 kB with everything imported", async () => {
  const kilobytes = await kilobytesOf('import * as all from "chainrule"; globalThis.all = all;');
  console.log(`everything: ${kilobytes.toFixed(1)} kB`);
  expect(kilobytes).toBeLessThan(112);
});
