import { execFile } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = join(root, "test/docs/.generated");
const run = promisify(execFile);

interface Block {
  readonly name: string;
  readonly language: string;
  readonly code: string;
  /** The file that the block quotes whole. */
  readonly source: string | undefined;
  /** Whether it is a part of a file, which is no program by itself; cookbook.test.ts looks whether the file has it. */
  readonly isPart: boolean;
}

const inFolder = (folder: string) =>
  readdirSync(join(root, folder)).flatMap((name) => (name.endsWith(".md") ? `${folder}/${name}` : []));

const documents = [
  "README.md",
  "docs/index.md",
  ...inFolder("docs/guide"),
  ...inFolder("docs/cookbook"),
  "docs/architecture.md",
  "docs/files.md",
  "docs/keras.md",
  "docs/mpi.md",
  "docs/mpi-engine.md",
  "docs/numpy.md",
  "docs/onnx.md",
  "docs/pytorch.md",
  "docs/data.md",
  "docs/readers.md",
  "docs/tables.md",
  "docs/training-tools.md",
  "docs/troubleshooting.md",
  "docs/migration/brain-js.md",
  "docs/migration/keras.md",
  "docs/migration/pytorch.md",
  "docs/migration/tensorflow-js.md",
];
const blocks: readonly Block[] = documents.flatMap((document) => {
  const text = readFileSync(join(root, document), "utf8");
  const fences = [...text.matchAll(/(?:<!-- (source|part): (\S+) -->\n)?```(\w*)\n(.*?)```/gs)];
  return fences.map(([, kind, file, language, code], i) => ({
    name: `${document} ${i + 1}`,
    source: kind === "source" ? file : undefined,
    isPart: kind === "part",
    language,
    code,
  }));
});
const programs = blocks
  .filter(({ language, source, isPart }) => language === "ts" && source === undefined && !isPart)
  .map((block, i) => ({ ...block, file: join(folder, `block-${i}.ts`), place: join(folder, `place-${i}`) }));

/** A tutorial trains on all digits; here it runs the same lines on the first of them. */
const onFewDigits = (code: string) => code.replaceAll('"chainrule/node"', '"../few-digits.js"');

beforeAll(() => {
  mkdirSync(folder, { recursive: true });
  for (const { file, code, place } of programs) {
    mkdirSync(place, { recursive: true }); // what a program writes, it writes there
    writeFileSync(file, `${onFewDigits(code)}\nexport {};\n`);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("finds the blocks", () => {
  expect(programs.length).toBeGreaterThanOrEqual(8);
  expect(blocks.filter(({ source }) => source !== undefined).length).toBeGreaterThanOrEqual(1);
});

it("type-checks every program", { timeout: 60_000 }, () => {
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), (path) => readFileSync(path, "utf8"));
  const { options } = ts.parseJsonConfigFileContent(
    { ...config, include: [], files: ["src/index.ts"] },
    ts.sys,
    root,
  );
  const program = ts.createProgram(
    programs.map(({ file }) => file),
    { ...options, noUnusedLocals: false },
  );
  const messages = ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
    return `${file?.fileName ?? ""}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
  });
  expect(messages).toEqual([]);
});

describe.each(programs)("$name", ({ file, place }) => {
  it("runs", { timeout: 120_000 }, async () => {
    const { stdout, stderr } = await run(process.execPath, ["--import", "tsx", file], { cwd: place });
    expect(stdout + stderr).not.toMatch(/NaN|undefined/);
  });
});

it.each(blocks.filter(({ source }) => source !== undefined))(
  "$name quotes $source as it stands",
  ({ code, source }) => {
    expect(code).toBe(readFileSync(join(root, source ?? ""), "utf8"));
  },
);

it("names only commands that exist", () => {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: object };
  const text = documents.map((name) => readFileSync(join(root, name), "utf8")).join("\n");
  const named = [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name);
  expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
});
