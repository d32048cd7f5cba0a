import { execFile, execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const exact = join(root, "test/docs/exact.ts");
const read = (path: string) => readFileSync(join(root, path), "utf8");
const { scripts } = JSON.parse(read("package.json")) as { scripts: Readonly<Record<string, string>> };

/** The pages: docs/cookbook/NAME.md is about examples/NAME.ts, or about the files in examples/NAME. */
const names = readdirSync(join(root, "docs/cookbook"))
  .filter((file) => file.endsWith(".md") && file !== "index.md")
  .map((file) => file.slice(0, -".md".length));

function filesOf(name: string): readonly string[] {
  if (existsSync(join(root, `examples/${name}.ts`))) return [`examples/${name}.ts`];
  const inFolder = readdirSync(join(root, `examples/${name}`), { recursive: true, encoding: "utf8" });
  return inFolder
    .map((file) => `examples/${name}/${file}`)
    .filter((file) => statSync(join(root, file)).isFile());
}

/**
 * What a page shows of a run: the command, and the first `text` block after it. A comment `<!-- varies: ms, port -->`
 * before the block names texts: in lines with one of them digits may differ. `<!-- unless: No Chromium -->` names what a
 * program says where it cannot go on; what it prints from there on is not compared.
 */
function shownBy(page: string, name: string) {
  const block = new RegExp(
    `\`\`\`sh\\nnpm run example:${name}( -- --short)?\\b.*?\`\`\`\\n(.*?)\`\`\`text\\n(.*?)\`\`\``,
    "s",
  );
  const [, short, between, output] = block.exec(page) ?? [];
  if (output === undefined) throw new Error(`docs/cookbook/${name}.md shows no command with its output`);
  const told = (kind: string) => new RegExp(`<!-- ${kind}: (.*?) -->`).exec(between)?.[1];
  return {
    options: short === undefined ? [] : ["--short"],
    output,
    varies: told("varies")?.split(", ") ?? [],
    unless: told("unless"),
  };
}

/** The lines of an output, without the digits that may differ, and the width that they take. */
const linesOf = (output: string, varies: readonly string[]) =>
  output
    .trimEnd()
    .split("\n")
    .map((line) => line.trimEnd())
    .map((line) =>
      varies.some((text) => line.includes(text)) ? line.replace(/\d[\d.,]*/g, "#").replace(/ +/g, " ") : line,
    );

it("has every example in .ci/run", () => {
  const [, list] = /^for example in \$\((.*)\); do$/m.exec(read(".ci/run")) ?? [];
  const found = execFileSync("bash", ["-c", list], { cwd: root, encoding: "utf8" }).trim().split("\n");
  const wanted = Object.keys(scripts).flatMap((script) => /^example:(.*)$/.exec(script)?.slice(1) ?? []);
  expect(found).toEqual(wanted);
  expect(found).toEqual(expect.arrayContaining(names));
});

describe.each(names)("%s", (name) => {
  const page = read(`docs/cookbook/${name}.md`);

  it("has a program of small files, which the page links to", () => {
    const files = filesOf(name);
    expect(scripts[`example:${name}`]).toMatch(new RegExp(`^tsx examples/${name}(\\.ts|/[\\w-]+\\.ts)$`));
    expect(page).toMatch(new RegExp(`\\]\\(\\.\\./\\.\\./examples/${name}\\b`));
    for (const file of files) expect(read(file).split("\n").length - 1, file).toBeLessThanOrEqual(100);
  });

  it("quotes it as it stands", () => {
    const quotes = [...page.matchAll(/<!-- part: (\S+) -->\n```\w+\n(.*?)```/gs)];
    expect(quotes.length).toBeGreaterThan(0);
    for (const [, file, code] of quotes) {
      expect(filesOf(name)).toContain(file);
      expect(read(file)).toContain(code);
    }
  });

  it("prints what the page shows", { timeout: 120_000 }, async () => {
    const { options, output, varies, unless } = shownBy(page, name);
    const program = join(root, scripts[`example:${name}`].slice("tsx ".length));
    const args = ["--import", "tsx", "--import", exact, program, ...options];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root });
    const printed = linesOf(stdout, varies);
    const stop = unless === undefined ? -1 : printed.findIndex((line) => line.includes(unless));
    const shown = linesOf(output, varies);
    if (stop < 0) expect(printed).toEqual(shown);
    else expect(printed.slice(0, stop)).toEqual(shown.slice(0, stop));
  });
});
