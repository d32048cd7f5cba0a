import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as chainrule from "chainrule";
import { expect, it } from "vitest";
import { withIndices } from "../../docs/.vitepress/markdown/indices.js";
import { onSite } from "../../docs/.vitepress/markdown/outside.js";
import { format, lineOf } from "../../docs/.vitepress/theme/live/format.js";
import { programOf, slidesOf, withNumber } from "../../docs/.vitepress/theme/live/program.js";

const docs = fileURLToPath(new URL("../../docs/", import.meta.url));
const pages = ["index.md", ...readdirSync(`${docs}guide`).map((name) => `guide/${name}`)];
const live = pages
  .filter((name) => name.endsWith(".md"))
  .flatMap((name) => {
    const text = readFileSync(docs + name, "utf8");
    return [...text.matchAll(/<!-- live -->\n```ts\n(.*?)```/gs)].map(([, code]) => ({ name, code }));
  });

it.each(live)("runs the example of $name as the page does", { timeout: 60_000 }, async ({ code }) => {
  const lines: string[] = [];
  const log = (...values: unknown[]) => lines.push(values.map((value) => format(value)).join(" "));
  await programOf(code)(chainrule, { log });
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.join("\n")).not.toMatch(/NaN|undefined|\[object/);
});

it.each(live)("moves each slider of $name to both ends", ({ code }) => {
  for (const { name, value, from, to } of slidesOf(code)) {
    expect(from <= value && value <= to).toBe(true);
    for (const end of [from, to]) {
      expect(slidesOf(withNumber(code, name, end)).find((slide) => slide.name === name)?.value).toBe(end);
    }
  }
});

it("takes the imports of a program from the library", async () => {
  const printed: unknown[] = [];
  const program = programOf('import { Matrix as M } from "chainrule";\nconsole.log(M.full(1, 2, 3).sum());');
  await program(chainrule, { log: (value) => printed.push(value) });
  expect(printed).toEqual([6]);
});

it("prints values as a console does, and draws lists of ten numbers", () => {
  expect(format({ loss: [1, 2], name: "a" })).toBe("{ loss: [ 1, 2 ], name: 'a' }");
  expect(format(new chainrule.Dense({ units: 2 }))).toBe("new Dense({ units: 2 })");
  expect(format([])).toBe("[]");
  expect(lineOf(new Float32Array(10))).toHaveLength(10);
  expect(lineOf([1, 2])).toBeUndefined();
});

it("leads links out of docs to their pages on the site", () => {
  expect(onSite("catalogue.md", "data.md#files")).toBe("/data.md#files");
  expect(onSite("guide/01-a-neuron.md", "../catalogue.md")).toBe("/catalogue.md");
  expect(onSite("source/README.md", "docs/data.md")).toBe("/data.md");
  expect(onSite("data.md", "https://example.org/")).toBe("https://example.org/");
  expect(onSite("data.md", "../nowhere.md")).toBe("../nowhere.md");
});

it("lists every page of the cookbook on its first page", () => {
  const index = readFileSync(`${docs}cookbook/index.md`, "utf8");
  const names = readdirSync(`${docs}cookbook`).filter((name) => name !== "index.md");
  expect(names.filter((name) => !index.includes(`](${name})`))).toEqual([]);
});

it("sets indices and powers of equations, and leaves names alone", () => {
  expect(withIndices("μ_(t+1)·m < ρ_∞")).toBe("μ<sub>t+1</sub>·m &lt; ρ<sub>∞</sub>");
  expect(withIndices("y = e^(x/α), 2^53")).toBe("y = e<sup>x/α</sup>, 2<sup>53</sup>");
  expect(withIndices("state_dict, a_name, x ^ y and _t")).toBeUndefined();
});
