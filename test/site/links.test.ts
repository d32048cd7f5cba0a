import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { expect, it } from "vitest";
import { root } from "../package/support/root.js";

const dist = join(root, "docs/.vitepress/dist");
const pages = readdirSync(dist, { recursive: true, encoding: "utf8" })
  .map((name) => name.replaceAll("\\", "/"))
  .filter((name) => name.endsWith(".html"));

const decoded = (text: string) => decodeURIComponent(text.replaceAll("&amp;", "&").replaceAll("&#39;", "'"));
const cache = new Map<string, { readonly links: Set<string>; readonly ids: Set<string> }>();

function read(page: string) {
  const known = cache.get(page);
  if (known !== undefined) return known;
  const html = readFileSync(join(dist, page), "utf8");
  const links = new Set([...html.matchAll(/ (?:href|src)="([^"]+)"/g)].map(([, link]) => decoded(link)));
  const ids = new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => decoded(id)));
  const found = { links, ids };
  cache.set(page, found);
  return found;
}

/** What is wrong with a link of a page, if anything is. */
function faultOf(page: string, link: string): string | undefined {
  if (/^(https?|data|mailto):/.test(link)) return undefined;
  const [path, anchor] = link.split("#");
  const file = path === "" ? page : posix.join(path.startsWith("/") ? "" : posix.dirname(page), path);
  const target = file.replace(/^\//, "").replace(/(^|\/)$/, "$1index.html");
  if (!existsSync(join(dist, target))) return `${page}: no file ${link}`;
  if (!anchor || !target.endsWith(".html")) return undefined;
  return read(target).ids.has(anchor) ? undefined : `${page}: no heading ${link}`;
}

it("has pages of all kinds", () => {
  expect(pages.length).toBeGreaterThan(400);
  expect(pages).toEqual(
    expect.arrayContaining(["index.html", "source/CHANGELOG.html", "cookbook/index.html"]),
  );
});

it("links to what is there, to every heading", () => {
  const faults = pages.flatMap((page) => [...read(page).links].flatMap((link) => faultOf(page, link) ?? []));
  expect(faults).toEqual([]);
});

it("finds a link that leads nowhere", () => {
  expect(faultOf("guide/01-a-neuron.html", "../nowhere.ts")).toBeDefined();
  expect(faultOf("guide/01-a-neuron.html", "/catalogue.html#nothing")).toBeDefined();
  expect(faultOf("guide/01-a-neuron.html", "/catalogue.html#losses")).toBeUndefined();
});
