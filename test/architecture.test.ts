import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const root = join(dirname(fileURLToPath(import.meta.url)), "../src");
const files = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => name.replaceAll("\\", "/"));

/** The levels of the house, from the ground up: a file imports from its own level or below. */
const levels: readonly (readonly RegExp[])[] = [
  [/^(errors|random|shape|schedules|named|options|printing|version)\.ts$/, /^(numeric|schedules)\//],
  [/^kernels\//],
  [/^(matrix|matrix-checks|reductions|rows-of)\.ts$/],
  [
    /^(parameter|pending|initializers|regularizers|constraints|metrics)\.ts$/,
    /^(losses|data|tables|metrics|initializers|distributed)\//,
  ],
  [/^(layers|optimizers)\//],
  [/^model\//],
  [/^(io|node|onnx|keras|numpy|mpi|callbacks|tools)\//],
  [/^index\.ts$/],
];

const levelOf = (file: string) =>
  levels.findIndex((patterns) => patterns.some((pattern) => pattern.test(file)));

interface Import {
  readonly file: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

const imports: readonly Import[] = files.flatMap((file) => {
  const text = readFileSync(join(root, file), "utf8");
  return [...text.matchAll(/^(?:import|export)\s+(type\s)?[^;]*?from\s+"(\.[^"]+)";/gms)].map((match) => ({
    file,
    to: posix.normalize(posix.join(posix.dirname(file), match[2].replace(/(\.js)?$/, ".ts"))),
    typeOnly: match[1] !== undefined,
  }));
});

it("has every file on a level", () => {
  expect(files.filter((file) => levelOf(file) < 0)).toEqual([]);
  expect(imports.length).toBeGreaterThan(200);
  expect(imports.filter(({ to }) => !files.includes(to))).toEqual([]);
});

it("imports downward only", () => {
  expect(imports.filter(({ file, to }) => levelOf(to) > levelOf(file))).toEqual([]);
});

it("keeps layers and optimizers apart", () => {
  const across = imports.filter(({ file, to }) => /^(layers|optimizers)\//.test(file) && levelOf(to) === 4);
  expect(across.filter(({ file, to }) => file.split("/")[0] !== to.split("/")[0])).toEqual([]);
});

it("has no import cycle, types aside", () => {
  const graph = new Map(files.map((file) => [file, imports.filter((i) => i.file === file && !i.typeOnly)]));
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) throw new Error(`Cycle: ${[...path, file].join(" → ")}`);
    if (done.has(file)) return;
    for (const { to } of graph.get(file) ?? []) visit(to, [...path, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
});

it("reads barrels only where the whole catalogue is wanted", () => {
  const readers = imports.filter(({ to }) => /\/index\.ts$/.test(to)).map(({ file }) => file);
  expect(new Set(readers)).toEqual(new Set(["index.ts", "io/model-json.ts"]));
});

it.each(["layers", "optimizers", "losses"])("exports every concrete thing in %s/", (folder) => {
  const barrel = readFileSync(join(root, folder, "index.ts"), "utf8");
  const concrete = /^export (class \w+|function \w+\([^)]*\): Loss\b)/m;
  const missing = files
    .filter((file) => dirname(file) === folder && !file.endsWith("index.ts"))
    .filter((file) => concrete.test(readFileSync(join(root, file), "utf8")))
    .filter((file) => /static override readonly type|\): Loss\b/.test(readFileSync(join(root, file), "utf8")))
    .filter((file) => !barrel.includes(`"./${relative(folder, file).replace(/\.ts$/, ".js")}"`))
    .filter((file) => file !== "losses/loss.ts");
  expect(missing).toEqual([]);
});

it("uses no Node module, randomness or clock-dependent number below the Node entry", () => {
  const core = files.filter((file) => !/^(node|mpi)\//.test(file));
  const uses = (pattern: RegExp) =>
    core.filter((file) => pattern.test(readFileSync(join(root, file), "utf8")));
  expect(uses(/from "node:|require\(|process\./)).toEqual([]);
  expect(uses(/Math\.random|Date\.now|new Date/)).toEqual([]);
});

it("uses no function of Math whose bits differ between engines", () => {
  const unspecified =
    /Math\.(exp|expm1|log|log1p|log2|log10|pow|sin|cos|tan|tanh|sinh|cosh|atan|hypot|cbrt)\(|\*\*/;
  // The parser of CSV that a thread runs, and the charts of a report, are texts of others, and make no number of a model.
  // Kernels as texts are bytes. What export-function writes runs without this library.
  const others =
    /^node\/generated\/(csv-worker|report-page)|^kernels\/generated\/texts\/|^tools\/export-(helpers|layers)/;
  const ours = files.filter((file) => !others.test(file));
  const found = ours.flatMap((file) => {
    const lines = readFileSync(join(root, file), "utf8").split("\n");
    return lines
      .filter((line) => unspecified.test(line.replace(/\/\/.*|^\s*\/?\*.*/, "")))
      .map((line) => `${file}: ${line.trim()}`);
  });
  // Squares and whole powers of two are exact everywhere, or as good as a product.
  expect(found.filter((line) => !/\*\* 2\b|2 \*\* -?\d+|\(2 \*\* /.test(line))).toEqual([]);
});

it("keeps rooms small", () => {
  const lines = files.map((file) => readFileSync(join(root, file), "utf8").split("\n").length - 1);
  expect(files.filter((_, i) => lines[i] > 220)).toEqual([]);
  expect([...lines].sort((a, b) => a - b)[lines.length >> 1]).toBeLessThan(100);
});
