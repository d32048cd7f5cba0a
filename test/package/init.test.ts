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

/** Prints the bits of some values and slopes of Tanh, and of its gradient, from a model's memory. */
const curve = `
  const { Sequential, Tanh, Matrix, meanSquaredError, SGD } = chainrule;
  const model = new Sequential([new Tanh()], { input: [2001], seed: 2 });
  model.compile({ loss: meanSquaredError(), optimizer: new SGD({ learningRate: 0.1 }) });
  const y = model.predict(Matrix.from([Array.from({ length: 2001 }, (_, i) => (i - 1000) / 200)]));
  console.log(JSON.stringify([...new Int32Array(y.data.buffer)]));`;

it("computes the catalogue by modules that are brought along, and without them by portable loops", async () => {
  const load = (name: string) =>
    `new Module(require("node:fs").readFileSync(require.resolve("chainrule/wasm/${name}.wasm")))`;
  const bits = async (before: string): Promise<number[]> => {
    const source = `const chainrule = require("chainrule"); ${before} ${curve}`;
    return JSON.parse((await runNode("commonjs", source, consumer)).stdout);
  };
  const names = ["curves", "layers", "masks", "noise", "steps"];
  const usual = await bits("");
  const module = load("exact");
  const brought = `${forbid} chainrule.init({ module: ${module}, catalogue: { ${names.map((name) => `${name}: ${load(name)}`)} } });`;
  expect(await bits(brought)).toEqual(usual);
  const portable = await bits(`${forbid} chainrule.init({ module: ${module} });`);
  expect(portable).not.toEqual(usual); // or the module was not at work
  for (const [i, one] of portable.entries()) expect(Math.abs(one - usual[i])).toBeLessThanOrEqual(2);
  await expect(
    bits(`${forbid} chainrule.init({ module: ${module}, catalogue: { curves: ${module} } });`),
  ).rejects.toThrow(
    /init expects `catalogue\.curves` to be chainrule\/wasm\/curves\.wasm, compiled, but got .+/,
  );
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
