import type { Formula } from "./formula-layers.js";
import { formulas } from "./formulas.js";
import { matchTerm } from "./match-term.js";
import type { Place, Step } from "./place.js";
import { parseTerm, type Term } from "./terms.js";

/** The terms by the operator that is computed last, read once. */
let byOperator: Map<string, { readonly term: Term; readonly formula: Formula }[]> | undefined;

function termsOf(op: string) {
  if (byOperator === undefined) {
    byOperator = new Map();
    for (const formula of formulas) {
      for (const text of formula.terms) {
        const term = parseTerm(text);
        const name = term.kind === "call" ? term.op : "";
        byOperator.set(name, [...(byOperator.get(name) ?? []), { term, formula }]);
      }
    }
  }
  return byOperator.get(op) ?? [];
}

/** The layer that makes a value of the place's, if all between them is a formula that is known. */
export function readFormula(value: string, place: Place): Step | undefined {
  const node = place.graph.makers.get(value);
  if (node === undefined) return undefined;
  for (const { term, formula } of termsOf(node.op)) {
    const found = matchTerm(term, value, place);
    const step = found && formula.read(found, place, node);
    if (step !== undefined) return step;
  }
  return undefined;
}
