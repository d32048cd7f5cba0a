import { fits } from "./operator-options.js";
import type { Place } from "./place.js";
import { isNear } from "./read-node.js";
import type { Term } from "./terms.js";

/** What stands for the names of a term: the names of constants of the graph. */
export type Found = ReadonlyMap<string, string>;

const NOTHING: Found = new Map();
const commutative = new Set(["Add", "Mul", "Or", "Max", "Min"]);

/** Whether a value is what the term says of the place's value, and which constants stand for its names. */
export function matchTerm(
  term: Term,
  value: string,
  place: Place,
  found: Found = NOTHING,
): Found | undefined {
  const { graph, constants } = place;
  if (term.kind === "x") return value === place.value ? found : undefined;
  if (term.kind === "call") {
    const node = graph.makers.get(value);
    if (node?.op !== term.op || node.outputs[term.output] !== value) return undefined;
    if (!fits(node, term.inputs.length, place)) return undefined;
    const matchAll = (terms: readonly Term[]) => {
      let all: Found | undefined = found;
      for (const [i, one] of terms.entries()) all = all && matchTerm(one, node.inputs[i], place, all);
      return all;
    };
    const inOrder = matchAll(term.inputs);
    return inOrder ?? (commutative.has(term.op) ? matchAll([...term.inputs].reverse()) : undefined);
  }
  if (!constants.has(value)) return undefined;
  if (term.kind === "number") {
    const number = place.single(constants.get(value));
    return number !== undefined && isNear(number, term.value) ? found : undefined;
  }
  const other = found.get(term.name);
  if (other === undefined) return new Map([...found, [term.name, value]]);
  const [a, b] = [constants.get(other), constants.get(value)];
  const isSame = a.data.length === b.data.length && a.data.every((number, i) => number === b.data[i]);
  return isSame ? found : undefined;
}
