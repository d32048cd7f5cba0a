import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { type Entry, entries } from "../../docs/.vitepress/pages/entries.js";
import { root } from "../package/support/root.js";

const api = join(root, "docs/.vitepress/dist/api");
const kinds = ["classes", "functions", "interfaces", "type-aliases", "variables"];

const { config } = ts.readConfigFile(join(root, "tsconfig.json"), (path) => ts.sys.readFile(path));
const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: ["x.ts"] }, ts.sys, root);
const program = ts.createProgram(
  entries().map(({ file }) => join(root, file)),
  options,
);
const checker = program.getTypeChecker();

/** Every name of an entry, and what its comment says. */
function exportsOf(entry: Entry): readonly { readonly name: string; readonly comment: string }[] {
  const file = program.getSourceFile(join(root, entry.file));
  const module = file && checker.getSymbolAtLocation(file);
  return (module ? checker.getExportsOfModule(module) : []).map((alias) => {
    const symbol = alias.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(alias) : alias;
    return { name: alias.name, comment: commentOf(symbol) };
  });
}

/** Of overloads that of the first. */
function commentOf(symbol: ts.Symbol): string {
  const signatures = (symbol.declarations ?? []).filter(ts.isFunctionDeclaration);
  const parts =
    signatures.length > 1
      ? checker.getSignatureFromDeclaration(signatures[0])?.getDocumentationComment(checker)
      : symbol.getDocumentationComment(checker);
  return ts.displayPartsToString(parts);
}

/** Words without marks of Markdown and of indices, tags and spaces: what a reader sees of them. */
const seen = (text: string) => text.replaceAll(/\*\*|[`_^()]|\s+|​/g, "");

const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', "#39": "'" };

/** The pages of a name: there may be a type and a value. */
function pageOf(entry: string, name: string): string | undefined {
  const paths = kinds.map((kind) => join(api, entry, kind, `${name}.html`)).filter(existsSync);
  if (paths.length === 0) return undefined;
  const body = paths.map((path) => readFileSync(path, "utf8").split("<main")[1]).join("\n");
  const text = body.replaceAll(/<[^>]*>/g, "").replaceAll(/&(#?\w+);/g, (all, name) => entities[name] ?? all);
  return seen(text);
}

describe.each(entries())("$name", (entry) => {
  const exported = exportsOf(entry);

  it("has a page for every export, which says what its comment says, letter by letter", () => {
    expect(exported.length).toBeGreaterThan(1);
    const wrong = exported.flatMap(({ name, comment }) => {
      const page = pageOf(entry.name, name);
      if (page === undefined) return [`${name}: no page`];
      const missing = comment.split("\n").filter((line) => !page.includes(seen(line)));
      return missing.map((line) => `${name}: ${line}`);
    });
    expect(wrong).toEqual([]);
  });
});
