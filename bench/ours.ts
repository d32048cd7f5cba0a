import { version } from "./build.js";
import { type Contender, contender, loops, script } from "./contender.js";
import { current, type Engine, newest, noFastMode } from "./engines.js";

type Ours = { file?: string; threads?: number; pool?: boolean };

/** Ours in fast mode on the newest Node, and in exact mode on the one that runs this. */
export function ours({ file = "chainrule", threads = 1, pool = false }: Ours = {}): readonly Contender[] {
  const in_ = (numerics: "fast" | "exact", { program, name }: Engine) =>
    contender({
      name: `chainrule ${numerics}, ${name}${threads === 1 ? "" : `, ${threads} threads`}${pool ? ", pool awake" : ""}`,
      group: `chainrule ${numerics}`,
      ours: true,
      threads,
      program,
      args: script(file),
      how: { numerics, version, pool },
      ceiling: numerics === "fast" ? loops.fused : loops.exact,
      ...(numerics === "fast" && noFastMode ? { missing: noFastMode } : {}),
    });
  return [in_("fast", newest), in_("exact", current)];
}
