// Makes the pages of the site that nobody writes: the API reference of typedoc in docs/api, and in docs/source a page for
// each file outside of docs that a page links to, so that no link leads out of the site. Git ignores both.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const generated = ["docs/api", "docs/source"];
const read = (path) => readFileSync(join(root, path), "utf8");

for (const folder of generated) rmSync(join(root, folder), { recursive: true, force: true });

// The entries by the names that one imports.
execFileSync(process.execPath, [join(root, "node_modules/typedoc/bin/typedoc")], {
  cwd: root,
  stdio: "inherit",
});
for (const name of readdirSync(join(root, "docs/api"), { recursive: true, encoding: "utf8" })) {
  if (!name.endsWith(".md")) continue;
  const path = join("docs/api", name);
  // What typedoc calls an options object that is taken apart where it comes in.
  writeFileSync(
    join(root, path),
    read(path).replaceAll(/\\_\\_namedParameters\??|__namedParameters/g, "options"),
  );
}

/** What pages link to outside of docs: each file once, and what those that are pages link to, in turn. */
function outside() {
  const found = new Set();
  const visit = (page) => {
    const text = read(page).replaceAll(/```.*?```/gs, "");
    const links = [...text.matchAll(/\]\(([^()\s]+)\)|^\[[^\]]+\]: +(\S+)$/gm)].map((m) => m[1] ?? m[2]);
    for (const link of links) {
      if (/^\w+:/.test(link)) continue;
      const target = posix.join(posix.dirname(page), link.split("#")[0]).replace(/\/$/, "");
      if (target.startsWith("docs/") || found.has(target) || !existsSync(join(root, target))) continue;
      found.add(target);
      if (target.endsWith(".md")) visit(target);
    }
  };
  const pages = readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" });
  for (const page of pages) if (page.endsWith(".md")) visit(posix.join("docs", page.replaceAll("\\", "/")));
  return [...found].filter((path) => path !== "." && path !== "docs");
}

/** A page of Markdown as it stands, any other file as its text, a folder as a list. */
function pageOf(path) {
  if (statSync(join(root, path)).isDirectory()) {
    const names = readdirSync(join(root, path)).map((name) => `- ${name}`);
    return `---\nsearch: false\n---\n\n# ${path}\n\n${names.join("\n")}\n`;
  }
  if (path.endsWith(".md")) return read(path);
  const language = posix.extname(path).slice(1).replace("mjs", "js");
  return `---\nsearch: false\noutline: false\n---\n\n# ${path}\n\n\`\`\`\`${language}\n${read(path)}\`\`\`\`\n`;
}

for (const path of outside()) {
  const page = join(root, "docs/source", path.replace(/\.md$/, "") + ".md");
  mkdirSync(dirname(page), { recursive: true });
  writeFileSync(page, pageOf(path));
}
