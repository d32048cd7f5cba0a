import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as chainrule from "chainrule";
import type { Locator, Page } from "playwright-core";
import { format, labelOf, lineOf } from "../../../docs/.vitepress/theme/live/format.js";
import { programOf } from "../../../docs/.vitepress/theme/live/program.js";
import { root } from "../../package/support/root.js";

// As in the page: the same bits on every machine.
chainrule.setNumerics("exact");

const docs = join(root, "docs");
const guide = readdirSync(join(docs, "guide")).filter((name) => name.endsWith(".md"));

/** Each page with programs that can be run in it, and these programs. */
export const livePages = ["index.md", ...guide.map((name) => `guide/${name}`)].map((name) => {
  const text = readFileSync(join(docs, name), "utf8");
  const programs = [...text.matchAll(/<!-- live -->\n```ts\n(.*?)```/gs)].map(([, code]) => code);
  return { path: name.replace(/md$/, "html"), programs };
});

/** What a program prints here, line by line. */
export async function printedHere(code: string): Promise<readonly string[]> {
  const lines: string[] = [];
  const log = (...values: unknown[]) => {
    const line = values.length === 1 ? lineOf(values[0]) : undefined;
    lines.push(line ? labelOf(line) : values.map((value) => format(value)).join(" "));
  };
  await programOf(code)(chainrule, { log });
  return lines;
}

/** The examples of a page. */
export const examplesOf = (page: Page): Locator => page.locator(".live");

/** What an example has printed in the page, once it has ended. */
export async function printedThere(example: Locator): Promise<readonly string[]> {
  await example.getByText(/ s, in this page$/).waitFor({ timeout: 30_000 });
  return example
    .locator(".output")
    .evaluate((output) =>
      [...output.querySelectorAll("pre, figcaption")].map((line) => line.textContent ?? ""),
    );
}
