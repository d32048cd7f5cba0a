import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { home, pictures } from "../../docs/pictures/pictures.js";

const guide = fileURLToPath(new URL("../../docs/guide/", import.meta.url));
const chapters = readdirSync(guide).filter((name) => name.endsWith(".md"));

it("has a picture for each chapter", () => {
  expect(Object.keys(pictures).map((name) => `${name}.md`)).toEqual(chapters.sort());
});

it("has a picture for the first page", async () => {
  expect(readFileSync(`${guide}../public/home.svg`, "utf8")).toBe(await home());
});

describe.each(Object.entries(pictures))("%s", (name, draw) => {
  it("is what its script draws", { timeout: 60_000 }, async () => {
    expect(readFileSync(`${guide}images/${name}.svg`, "utf8")).toBe(await draw());
  });

  it("stands on its page, once, with words and a live example", () => {
    const text = readFileSync(`${guide}${name}.md`, "utf8");
    expect(text.split(`](images/${name}.svg)`)).toHaveLength(2);
    expect(text).not.toContain("![](");
    expect(text).toContain("<!-- live -->\n```ts\n");
  });

  it("is a drawing without anything from elsewhere", () => {
    const svg = readFileSync(`${guide}images/${name}.svg`, "utf8").replace("http://www.w3.org/2000/svg", "");
    expect(svg).not.toMatch(/http|NaN|undefined|Infinity/);
  });
});
