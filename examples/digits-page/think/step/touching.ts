import { Matrix } from "chainrule";
import type { Step } from "./step.js";
import { type Edge, strongest } from "./strongest.js";
import type { Place } from "./unit.js";

/** The connections of one unit, by the stage that they lead into. */
export interface Touching {
  readonly stage: number;
  readonly flow: readonly Edge[];
  readonly change: readonly Edge[];
  readonly carry: readonly Edge[];
}

/** The strongest connections into a unit and out of it, however weak beside those of others. */
export function touching(step: Step, { stage, unit }: Place, count = 14): Touching[] {
  const into = step.stages[stage];
  const out = step.stages[stage + 1];
  const column = Matrix.from(Array.from({ length: into.weight.rows }, (_, i) => [into.weight.at(i, unit)]));
  const dz = into.dz && Float32Array.of(into.dz[unit]);
  const arriving = (edges: Edge[]) => edges.map((edge) => ({ ...edge, to: unit }));
  const all: Touching[] = [
    {
      stage,
      flow: arriving(strongest(count, { rows: into.x, weight: column })),
      change: dz ? arriving(strongest(count, { rows: into.x, cols: dz })) : [],
      carry: dz ? arriving(strongest(count, { weight: column, cols: dz })) : [],
    },
  ];
  if (out === undefined) return all;
  const row = out.weight.row(unit);
  const x = Float32Array.of(out.x[unit]);
  const leaving = (edges: Edge[]) => edges.map((edge) => ({ ...edge, from: unit }));
  all.push({
    stage: stage + 1,
    flow: leaving(strongest(count, { rows: x, weight: row })),
    change: out.dz ? leaving(strongest(count, { rows: x, cols: out.dz })) : [],
    carry: out.dz ? leaving(strongest(count, { weight: row, cols: out.dz })) : [],
  });
  return all;
}
