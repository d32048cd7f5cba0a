import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";

export const root = fileURLToPath(new URL("../../", import.meta.url));
export const read = (path: string) => readFileSync(join(root, path), "utf8");
export const page = read("docs/catalogue.md");

export interface Row {
  readonly name: string;
  /** Options as they are written: `units`, `alpha = 1`, `seed?`. */
  readonly options: readonly string[];
  readonly proof: string;
}

/** The rows of the table below a heading, without its head. */
function table(heading: string): Row[] {
  const [, section = ""] = page.split(new RegExp(`^## ${heading}$`, "m"));
  const lines = section.split(/^## /m, 1)[0].match(/^\|.*$/gm) ?? [];
  return lines.slice(2).map((line) => {
    const cells = line.split(/(?<!\\)\|/).slice(1, -1);
    expect(cells.length, line).toBe(5);
    const [name, options, equation, , proof] = cells;
    expect(name, line).toMatch(/^ `\w+` $/);
    expect(equation.trim(), line).not.toBe("");
    const written = [...options.matchAll(/`([^`]+)`/g)].map(([, option]) => option);
    return { name: name.slice(2, -2), options: written, proof };
  });
}

export const titles = [
  ...["Activations", "Layers", "Losses", "Optimizers", "Schedules", "Initializers"],
  ...["Regularizers", "Constraints", "Metrics", "Callbacks"],
];
export const tables = Object.fromEntries(titles.map((title) => [title, table(title)]));
export const rows = Object.values(tables).flat();

export const nameOf = (option: string) => option.replace(/\W.*/, "");

/** The default, where it is a number, a text or a flag. */
export function defaultOf(option: string): unknown {
  const [, text = ""] = option.split(" = ");
  return /^(-?\d[\d.e-]*|".*"|true|false)$/.test(text) ? JSON.parse(text) : undefined;
}
