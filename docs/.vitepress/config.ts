import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitepress";
import { equations } from "./markdown/equations.js";
import { indices } from "./markdown/indices.js";
import { liveBlocks } from "./markdown/live.js";
import { outsideLinks } from "./markdown/outside.js";
import { nav, sidebar } from "./sidebar.js";

const docs = fileURLToPath(new URL("..", import.meta.url));
const source = (path: string) => fileURLToPath(new URL(`../../src/${path}`, import.meta.url));

/** The folder of the server that the site is put in. */
const base = process.env.DOCS_BASE ?? "/";

export default defineConfig({
  title: "chainrule",
  description: "Neural networks in TypeScript: the chain rule, readable and fast.",
  base,
  lang: "en",
  head: [["link", { rel: "icon", type: "image/svg+xml", href: `${base}favicon.svg` }]],
  cleanUrls: false,
  // What all pages share, once, and not in each of them.
  metaChunk: true,
  // A page links only to pages that are there, or the build fails.
  ignoreDeadLinks: false,
  markdown: {
    // Every colour of code can be read.
    theme: { light: "github-light-high-contrast", dark: "github-dark-high-contrast" },
    config(md) {
      outsideLinks(md);
      equations(md);
      indices(md);
      liveBlocks(md);
    },
  },
  // A page without parts needs no room for a list of them.
  transformPageData(page) {
    const text = readFileSync(`${docs}${page.relativePath}`, "utf8");
    if (!/^## /m.test(text)) page.frontmatter.aside ??= false;
  },
  themeConfig: {
    nav,
    sidebar,
    outline: [2, 3],
    search: { provider: "local" },
    externalLinkIcon: true,
  },
  vite: {
    resolve: { alias: [{ find: /^chainrule$/, replacement: source("index.ts") }] },
    // Pictures as files: data in an address would fall under another rule of a page's policy.
    build: { target: "es2022", assetsInlineLimit: 0, chunkSizeWarningLimit: 2000 },
    worker: { format: "es" },
  },
});
