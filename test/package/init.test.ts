import { expect, inject, it } from "vitest";
import { runNode } from "./support/run.js";

const { consumer } = inject("installed");

/** Trains a little and prints the bits of the weights, and what computed them. */
const training = `
  const { Sequential, Dense, ReLU, SGD, Matrix, softmaxCrossEntropy, kernels } = chainrule;
  const x = Matrix.from(Array.from({ length: 9 }, (_, r) => Array.from({ length: 13 }, (_, c) => (r * 5 + c * 3) % 7 - 3)));
  const y = Matrix.from(Array.from({ length: 9 }, (_, r) => [r % 3]));
  const model = new Sequential([new Dense({ units: 11 }), new ReLU(), new Dense({ units: 3 })], { input: [13], seed: 2 });
  model.compile({ loss: softmaxCrossEntropy(), optimizer: new SGD({ learningRate: 0.1 }) });
  for (let step = 0; step < 20; step++) model.trainBatch(x, y);
  const bits = Object.values(model.getWeights()).flatMap(({ data }) => [...new Int32Array(data.buffer)]);
  console.log(JSON.stringify({ kernels: kernels(), bits, product: x.matmul(x.transpose()).toArray() }));`;

const run = async (before: string) => {
  const source = `const chainrule = require("chainrule"); ${before} ${training}`;
  return JSON.parse((await runNode("commonjs", source, consumer)).stdout);
};

const exactly = 'chainrule.setNumerics("exact");';
const forbid = `
  const { Module } = WebAssembly;
  WebAssembly.Module = function () { throw new WebAssembly.CompileError("Wasm code generation disallowed"); };`;

it("computes the same bits with WebAssembly, without, where compiling is forbidden, and with a module given", async () => {
  const usual = await run(exactly);
  expect(usual.kernels).toMatchObject({ name: "simd", simd: true, fused: false });

  const without = await run(`delete globalThis.WebAssembly;`);
  expect(without.kernels).toEqual({
    name: "reference",
    simd: false,
    fused: false,
    threads: 1,
    microKernel: "1×1",
  });
  const forbidden = await run(forbid);
  expect(forbidden.kernels.name).toBe("reference");

  const module = `new Module(require("node:fs").readFileSync(require.resolve("chainrule/wasm/exact.wasm")))`;
  const given = await run(`${forbid} chainrule.init({ module: ${module} });`);
  expect(given.kernels).toMatchObject({ name: "simd", fused: false, threads: 1 });

  for (const other of [without, forbidden, given]) {
    expect(other.bits).toEqual(usual.bits);
    expect(other.product).toEqual(usual.product);
  }
});

it("takes no other module", async () => {
  const empty = "new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))";
  for (const module of [empty, "{}", "undefined"]) {
    const source = `
      const { init } = require("chainrule");
      try { init({ module: ${module} }); } catch (error) { console.log(error.message); }`;
    const { stdout } = await runNode("commonjs", source, consumer);
    expect(stdout).toMatch(/^init expects `module` to be a compiled .+, but got .+\n$/);
  }
});
