import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { expect, inject, it } from "vitest";
import { root } from "./support/root.js";
import { run } from "./support/run.js";

const { tarball, consumer } = inject("installed");
const folder = join(consumer, "node_modules/chainrule");

const listFiles = async (): Promise<string[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map(({ parentPath, name }) => relative(folder, join(parentPath, name)).split(sep).join("/"));
};

const read = (file: string): Promise<string> => readFile(join(folder, file), "utf8");

it("holds the built code and the documents, nothing else", async () => {
  const expected =
    /^(dist\/[\w-]+\.(js|cjs|d\.ts|d\.cts|js\.map|cjs\.map)|dist\/wasm\/(exact|fast|curves|layers|masks|noise|steps)\.wasm|package\.json|README\.md|LICENSE|CHANGELOG\.md)$/;
  const files = await listFiles();
  expect(files.filter((file) => !expected.test(file))).toEqual([]);
  expect(files).toEqual(
    expect.arrayContaining(["LICENSE", "dist/index.js", "dist/index.cjs", "dist/node.d.ts"]),
  );
});

// Typed arrays take a type argument since TypeScript 5.7; inferred types have one, written types need none.
const genericArray = /ArrayBufferLike|Array<(Shared)?ArrayBuffer>/;

it("declares types that older compilers can read", async () => {
  const declarations = (await listFiles()).filter((file) => /\.d\.c?ts$/.test(file));
  const modern = await Promise.all(
    declarations.map(async (file) => (genericArray.test(await read(file)) ? [file] : [])),
  );
  expect(modern.flat()).toEqual([]);
});

// Two copies of one file would be two classes of one name, and `instanceof` would tell them apart.
it.each([".js.map", ".cjs.map"])("holds every source file once among its *%s", async (ending) => {
  const maps = (await listFiles()).filter((file) => file.endsWith(ending));
  const sources = await Promise.all(maps.map(async (file) => sourcesOf(JSON.parse(await read(file)))));
  const all = sources.flat();
  expect(all).toContain("../src/matrix.ts");
  expect(all.filter((file, i) => all.indexOf(file) !== i)).toEqual([]);
});

it("has no fault that publint knows", async () => {
  const bytes = await readFile(tarball);
  const pack = { tarball: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) };
  const { messages, pkg } = await publint({ pack, strict: true });
  expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
});

it("resolves to the right types everywhere since Node 16", async () => {
  const attw = join(root, "node_modules/@arethetypeswrong/cli/dist/index.js");
  const options = ["--profile", "node16", "--no-definitely-typed", "--no-emoji", "--no-color"];
  options.push(
    "--exclude-entrypoints",
    "./wasm/exact.wasm",
    "./wasm/fast.wasm",
    "./wasm/curves.wasm",
    "./wasm/layers.wasm",
    "./wasm/masks.wasm",
    "./wasm/noise.wasm",
    "./wasm/steps.wasm",
  ); // which have no types
  const report = run(process.execPath, [attw, tarball, ...options], consumer);
  await expect(report, "attw ends with exit code 0").resolves.toHaveProperty("stdout");
});

const sourcesOf = (map: { readonly sources: readonly string[] }): readonly string[] => map.sources;
