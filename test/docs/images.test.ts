import { readdirSync, readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const docs = fileURLToPath(new URL("../../docs/", import.meta.url));
const pictures = readdirSync(`${docs}images`);

it.each(pictures)("%s is small, and shown on a page", (name) => {
  expect(statSync(`${docs}images/${name}`).size).toBeLessThanOrEqual(200_000);
  const pages = readdirSync(docs, { recursive: true, encoding: "utf8" }).filter((page) =>
    page.endsWith(".md"),
  );
  expect(pages.some((page) => readFileSync(docs + page, "utf8").includes(`images/${name})`))).toBe(true);
});
