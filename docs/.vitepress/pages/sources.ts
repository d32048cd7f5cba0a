import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";

/** Writes a page into docs/source for each file outside of docs that pages link to, and for what those link to, in turn. */
export function writeSources(root: string): void {
  for (const path of outside(root)) {
    const page = join(root, "docs/source", `${path.replace(/\.md$/, "")}.md`);
    mkdirSync(dirname(page), { recursive: true });
    writeFileSync(page, pageOf(root, path));
  }
}

function outside(root: string): readonly string[] {
  const found = new Set<string>();
  const visit = (page: string) => {
    for (const link of linksOf(readFileSync(join(root, page), "utf8"))) {
      const target = targetOf(page, link);
      if (target.startsWith("docs/") || found.has(target) || !existsSync(join(root, target))) continue;
      found.add(target);
      if (target.endsWith(".md")) visit(target);
    }
  };
  for (const page of readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })) {
    if (page.endsWith(".md")) visit(posix.join("docs", page.replaceAll("\\", "/")));
  }
  return [...found].filter((path) => path !== "." && path !== "docs");
}

/** The addresses that a page links to: `[text](address)` and `[name]: address`. */
export function linksOf(page: string): readonly string[] {
  const text = page.replaceAll(/```.*?```/gs, "");
  const links = [...text.matchAll(/\]\(([^()\s]+)\)|^\[[^\]]+\]: +(\S+)$/gm)];
  return links.map(([, inline, named]) => inline ?? named).filter((link) => !/^\w+:/.test(link));
}

/** The file that a link means; the reference names files as the site does, by /source/. */
export function targetOf(page: string, link: string): string {
  if (link.startsWith("/source/")) return link.slice("/source/".length).replace(/\.md$/, "");
  return posix.join(posix.dirname(page), link.split("#")[0]).replace(/\/$/, "");
}

/** A page of Markdown as it stands, any other file as its text, a folder as a list. */
function pageOf(root: string, path: string): string {
  if (statSync(join(root, path)).isDirectory()) {
    const names = readdirSync(join(root, path)).map((name) => `- ${name}`);
    return `---\nsearch: false\n---\n\n# ${path}\n\n${names.join("\n")}\n`;
  }
  const text = readFileSync(join(root, path), "utf8");
  if (path.endsWith(".md")) return text;
  const language = posix.extname(path).slice(1).replace("mjs", "js");
  return `---\nsearch: false\noutline: false\n---\n\n# ${path}\n\n\`\`\`\`${language}\n${text}\`\`\`\`\n`;
}
