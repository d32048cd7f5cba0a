import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Every page of Markdown that people read. */
const pages = [
  ...["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "bench/RESULTS.md"],
  ...["examples/data/README.md", "test/golden/README.md"],
  ...readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    // But for those that `npm run docs` makes of the source, whose links it checks itself.
    .filter((name) => name.endsWith(".md") && !/^(api|source)\b/.test(name))
    .map((name) => `docs/${name}`),
];

const textOf = (page: string) => readFileSync(join(root, page), "utf8").replaceAll(/```.*?```/gs, "");

/** The anchor that a heading gets: small letters, no punctuation, hyphens for spaces. */
function anchorOf(heading: string): string {
  const words = heading.replaceAll(/[`*]|\[([^\]]*)\]\([^)]*\)/g, "$1").toLowerCase();
  return words.replaceAll(/[^\p{L}\p{N}\s_-]/gu, "").replaceAll(/\s/g, "-");
}

const anchors = (page: string) =>
  new Set([...textOf(page).matchAll(/^#+ +(.*)$/gm)].map(([, heading]) => anchorOf(heading.trim())));

/** Targets of `[text](target)` and of `[name]: target`. */
function linksOf(page: string): readonly string[] {
  const text = textOf(page).replaceAll(/`[^`]*`/g, "");
  const inline = [...text.matchAll(/\]\(([^()\s]+)\)/g)].map(([, target]) => target);
  return [...inline, ...[...text.matchAll(/^\[[^\]]+\]: +(\S+)$/gm)].map(([, target]) => target)];
}

/** What is wrong with a link, if anything is. */
function faultOf(page: string, link: string): string | undefined {
  if (/^https?:/.test(link)) return undefined;
  const [path, anchor] = link.split("#");
  const target = path === "" ? page : relative(root, join(root, dirname(page), path));
  if (!existsSync(join(root, target))) return `${page}: no file ${link}`;
  if (anchor === undefined || !target.endsWith(".md")) return undefined;
  return anchors(target).has(anchor) ? undefined : `${page}: no heading ${link}`;
}

it("has pages with links", () => {
  expect(pages.length).toBeGreaterThan(15);
  expect(pages.flatMap(linksOf).length).toBeGreaterThan(100);
});

it.each(pages)("%s links to what is there", (page) => {
  expect(linksOf(page).flatMap((link) => faultOf(page, link) ?? [])).toEqual([]);
});

it("finds a link that leads nowhere", () => {
  expect(faultOf("README.md", "docs/nowhere.md")).toBe("README.md: no file docs/nowhere.md");
  expect(faultOf("README.md", "docs/catalogue.md#nothing")).toBe(
    "README.md: no heading docs/catalogue.md#nothing",
  );
});
