import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** What one imports from, and its file. */
export interface Entry {
  readonly name: string;
  readonly file: string;
}

/** The entries that typedoc.json lists: src/node/index.ts is chainrule/node. */
export function entries(): readonly Entry[] {
  const settings = readFileSync(fileURLToPath(new URL("../../../typedoc.json", import.meta.url)), "utf8");
  const { entryPoints } = JSON.parse(settings) as { readonly entryPoints: readonly string[] };
  return entryPoints.map((file) => ({
    name: file.replace(/^src/, "chainrule").replace(/\/index\.ts$/, ""),
    file,
  }));
}
