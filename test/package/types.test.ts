import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, inject, it } from "vitest";
import { root } from "./support/root.js";
import { run } from "./support/run.js";

const { consumer } = inject("installed");

// The lines that must not compile show that the types are not all `any`.
const usesMain = `
import { Dense, type Layer, Matrix, ReLU, Sequential } from "chainrule";
const layers: Layer[] = [new Dense({ units: 3 }), new ReLU(), new Dense({ units: 2 })];
const model = new Sequential(layers, { input: [4], seed: 1 });
const y: Matrix = model.predict(Matrix.from([[1, 2, 3, 4]]));
export const answer: number[][] = y.toArray();
export const size: number = y.rows * y.cols;
// @ts-expect-error
model.predict("four numbers");
// @ts-expect-error
new Dense({ units: "three" });
`;

const usesNode = `
import type { Matrix } from "chainrule";
import * as node from "chainrule/node";
export const firstPixels = async (): Promise<Matrix> => (await node.mnist()).train.x;
export const bar: object = node.progressBar();
// @ts-expect-error
node.noSuchExport();
`;

const usesKeras = `
import type { Sequential } from "chainrule";
import { fromKeras, fromTensorFlowJs, toTensorFlowJs } from "chainrule/keras";
const files = async (text: string, bytes: ArrayBuffer): Promise<Sequential> => fromTensorFlowJs(text, { "weights.bin": bytes });
export const sent = async (model: Sequential): Promise<Uint8Array> => toTensorFlowJs(model).weights;
export const read = async (bytes: Uint8Array): Promise<Sequential> => fromKeras(bytes, { unfreeze: true });
export const back = files("{}", new ArrayBuffer(8));
// @ts-expect-error
fromKeras("model.keras");
`;

const usesMpi = `
import type { Collective } from "chainrule/mpi";
import { mpi, type MpiOptions } from "chainrule/mpi";
const options: MpiOptions = { timeout: "10m", deterministic: false };
export const size = mpi(options).then((world: Collective): number => world.size);
export const sum = (world: Collective): void => world.allReduceSum(new Float32Array(3));
// @ts-expect-error
mpi({ timeout: true });
`;

const usesNumpy = `
import type { Matrix } from "chainrule";
import { readNpy, readNpz, toMatrix, writeNpz } from "chainrule/numpy";
export const rows = (bytes: Uint8Array): Matrix => toMatrix(readNpy(bytes), { dtype: "float64" });
export const again = async (bytes: Uint8Array): Promise<Uint8Array> => writeNpz(await readNpz(bytes));
// @ts-expect-error
toMatrix(readNpy("X.npy"));
`;

const usesOnnx = `
import { Dense, Lambda, Sequential } from "chainrule";
import { fromOnnx, type FromOnnxOptions, type OnnxWriter, readOnnxMetadata, toOnnx, type ToOnnxOptions } from "chainrule/onnx";
const model = new Sequential([new Dense({ units: 3 }), new Lambda({ forward: (x) => x.mul(x) })], { input: [4] });
const square: OnnxWriter = (_, graph, x) => graph.node("Mul", [x, x], { attributes: { axis: -1n } });
const options: ToOnnxOptions = { layers: { Lambda: square }, labels: ["a", "b", "c"] };
export const bytes: Promise<Uint8Array> = toOnnx(model, options);
const seeded: FromOnnxOptions = { seed: 1, writers: { Lambda: square } };
export const again: Promise<Sequential> = bytes.then((written) => fromOnnx(written, seeded));
export const labels = bytes.then(readOnnxMetadata).then((one): readonly string[] | undefined => one.labels);
// @ts-expect-error
toOnnx(model, { layers: { Lambda: () => "Mul" } });
`;

type Settings = Record<string, unknown>;

const node16 = { module: "node16", moduleResolution: "node16" };
const bundler = { module: "esnext", moduleResolution: "bundler" };
const inBrowser = { lib: ["es2022", "dom"], types: [] };
const inNode = { lib: ["es2022"], types: ["node"], typeRoots: [join(root, "node_modules/@types")] };

/** What the compiler says about a project of `files`, all with the same source. */
const compile = async (
  name: string,
  files: string[],
  source: string,
  settings: Settings,
): Promise<string> => {
  const folder = join(consumer, name);
  await mkdir(folder);
  const compilerOptions = { strict: true, skipLibCheck: false, noEmit: true, target: "es2022", ...settings };
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files }));
  for (const file of files) await writeFile(join(folder, file), source);
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  return (await run(process.execPath, [compiler, "-p", folder], folder)).stdout;
};

describe("a strict consumer without skipLibCheck compiles", () => {
  it("chainrule in a browser project, node16, from ESM and from CommonJS", async () => {
    const settings = { ...inBrowser, ...node16 };
    expect(await compile("types-node16", ["esm.mts", "cjs.cts"], usesMain, settings)).toBe("");
  });

  it("chainrule in a browser project, bundler", async () => {
    expect(await compile("types-bundler", ["index.ts"], usesMain, { ...inBrowser, ...bundler })).toBe("");
  });

  it("chainrule/onnx in a browser project, node16, from ESM and from CommonJS", async () => {
    const settings = { ...inBrowser, ...node16 };
    expect(await compile("types-onnx", ["esm.mts", "cjs.cts"], usesOnnx, settings)).toBe("");
  });

  it("chainrule/keras in a browser project, node16, from ESM and from CommonJS", async () => {
    const settings = { ...inBrowser, ...node16 };
    expect(await compile("types-keras", ["esm.mts", "cjs.cts"], usesKeras, settings)).toBe("");
  });

  it("chainrule/mpi in a Node project, from ESM and from CommonJS", async () => {
    const settings = { ...inNode, ...node16 };
    expect(await compile("types-mpi", ["esm.mts", "cjs.cts"], usesMpi, settings)).toBe("");
  });

  it("chainrule/numpy in a browser project, node16, from ESM and from CommonJS", async () => {
    const settings = { ...inBrowser, ...node16 };
    expect(await compile("types-numpy", ["esm.mts", "cjs.cts"], usesNumpy, settings)).toBe("");
  });

  it("chainrule/node in a Node project, from ESM and from CommonJS", async () => {
    const settings = { ...inNode, ...node16 };
    expect(await compile("types-node", ["esm.mts", "cjs.cts"], usesNode, settings)).toBe("");
  });
});
