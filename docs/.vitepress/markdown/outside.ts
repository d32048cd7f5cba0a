import { existsSync } from "node:fs";
import { posix } from "node:path";
import { fileURLToPath } from "node:url";
import type { MarkdownRenderer } from "vitepress";

const docs = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Where a link leads on the site. On GitHub pages link to files outside of docs; the site has them below source/, where
 * scripts/docs-pages.mjs puts them, and they link to pages in docs/ again.
 */
export function onSite(page: string, link: string): string {
  if (/^\w+:|^#/.test(link)) return link;
  const [path, anchor] = link.split("#");
  const from = page.startsWith("source/") ? page.slice("source/".length) : `docs/${page}`;
  const target = posix.join(posix.dirname(from), path).replace(/\/$/, "");
  const place = target.startsWith("docs/") ? target.slice("docs/".length) : `source/${target}`;
  if (!existsSync(`${docs}${place}`) && !existsSync(`${docs}${place.replace(/\.md$/, "")}.md`)) return link;
  const file = place.startsWith("source/") && !place.endsWith(".md") ? `${place}.md` : place;
  return `/${file}${anchor === undefined ? "" : `#${anchor}`}`;
}

/** Turns the links and pictures of every page. */
export function outsideLinks(md: MarkdownRenderer): void {
  md.core.ruler.push("outside", ({ tokens, env }) => {
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      const name = token.type === "link_open" ? "href" : token.type === "image" ? "src" : undefined;
      const link = name && token.attrGet(name);
      if (name && link) token.attrSet(name, onSite(env.relativePath, link));
    }
  });
}
