import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, posix } from "node:path";
import { entries } from "./entries.js";
import { optionsOf, optionsTable } from "./options.js";
import { inheritedOnce, type PageNamed, withHead, withPlainOptions } from "./tidy.js";

/** Has typedoc write docs/api, and brings its pages into the form that one looks things up in. */
export function writeReference(root: string): void {
  execFileSync(process.execPath, [join(root, "node_modules/typedoc/bin/typedoc")], {
    cwd: root,
    stdio: "inherit",
  });
  const api = join(root, "docs/api");
  const names = readdirSync(api, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => name.replaceAll("\\", "/"));
  const read = (name: string) => withPlainOptions(readFileSync(join(api, name), "utf8"));
  const pages = new Map(names.map((name) => [name, read(name)]));
  const options = new Map(entries().map(({ name, file }) => [name, optionsOf(root, file)]));

  for (const [name, text] of pages) {
    const [, entry, kind, title] = /^(.*)\/([\w-]+)\/([\w-]+)\.md$/.exec(name) ?? [];
    if (entry === undefined) continue;
    const pageNamed: PageNamed = (link) => pages.get(posix.join(posix.dirname(name), link));
    const table = kind === "classes" || kind === "functions" ? options.get(entry)?.get(title) : undefined;
    const linkOf = (type: string) =>
      [...pages.keys()].find((page) => page.endsWith(`/${type}.md`) && !page.includes("/functions/"));
    const head = withHead(inheritedOnce(text, pageNamed), { title, entry, kind });
    const relative = (type: string) =>
      linkOf(type) && posix.relative(posix.dirname(name), linkOf(type) ?? "");
    writeFileSync(
      join(api, name),
      table === undefined ? head : withOptions(head, optionsTable(table, relative)),
    );
  }
}

/** The options before the first thing that comes after the description. */
function withOptions(text: string, table: string): string {
  const at = text.search(/^## /m);
  return at < 0 ? `${text}\n${table}` : `${text.slice(0, at)}${table}\n${text.slice(at)}`;
}
