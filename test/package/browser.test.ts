import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, inject, it } from "vitest";
import { bundle, importsOf } from "./support/bundle.js";
import { browserProgram, expectedAnswer, runBare } from "./support/example.js";
import { bundleWithVite } from "./support/vite.js";

const { consumer } = inject("installed");

const everything = 'import * as all from "chainrule"; globalThis.all = all;';

it("esbuild bundles all of chainrule for a browser without a Node built-in", async () => {
  const { code, builtins } = await bundle(everything, consumer);
  expect(builtins).toEqual([]);
  expect(await importsOf(code)).toEqual([]);
});

it("Vite bundles all of chainrule for a browser without a Node built-in", async () => {
  const { code, modules, warnings } = await bundleWithVite(await program("vite all", everything));
  expect(warnings).toEqual([]);
  expect(modules.filter((id) => id.includes("__vite-browser-external"))).toEqual([]);
  expect(await importsOf(code)).toEqual([]);
});

const foreign = `
  import { fromKeras, fromTensorFlowJs } from "chainrule/keras";
  import { readNpy, readNpz } from "chainrule/numpy";
  import { fromOnnx } from "chainrule/onnx";
  globalThis.all = [fromKeras, fromTensorFlowJs, readNpy, readNpz, fromOnnx];`;

// None of the packages that these may take is installed here.
it("esbuild bundles foreign formats for a browser without the packages that some take", async () => {
  const { code, builtins } = await bundle(foreign, consumer);
  expect(builtins).toEqual([]);
  expect(new Set(await importsOf(code))).toEqual(
    new Set(["@bufbuild/protobuf", "fflate", "h5wasm", "onnx-buf"]),
  );
});

it("so does Vite", async () => {
  const { modules, warnings } = await bundleWithVite(await program("vite foreign", foreign));
  expect(warnings).toEqual([]);
  expect(modules.filter((id) => id.includes("__vite-browser-external"))).toEqual([]);
});

it("esbuild's bundle computes where only the language is defined", async () => {
  const { code } = await bundle(browserProgram, consumer);
  expect(runBare(code)).toEqual(expectedAnswer());
});

it("Vite's bundle computes where only the language is defined", async () => {
  const { code } = await bundleWithVite(await program("vite one", browserProgram));
  expect(runBare(code)).toEqual(expectedAnswer());
});

const program = async (name: string, source: string): Promise<string> => {
  const folder = join(consumer, name);
  await mkdir(folder);
  const file = join(folder, "main.js");
  await writeFile(file, source);
  return file;
};
