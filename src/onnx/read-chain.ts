import { fail } from "../errors.js";
import { readOperator } from "./operators.js";
import { type GraphPart, Place, type Step } from "./place.js";
import { canMerge, readBranches, refuse } from "./read-branches.js";
import { readFormula } from "./read-formula.js";
import type { Node } from "./read-node.js";

/** How many values on the way a formula may make that only it uses, one after the other. */
const LONGEST_FORMULA = 8;
/** How deep branches may stand in branches. */
const DEEPEST = 32;

/** A value that everything after it is made of, and the nodes between it and the one before. */
interface Cut {
  readonly value: string;
  readonly nodes: readonly Node[];
}

/**
 * The layers between a value and another that is made of it by these nodes, which nothing else uses. The graph is cut at
 * each value that all ways lead through; between two cuts is a layer, or branches that are read in the same way.
 */
export function readChain(start: Place, end: string, nodes: readonly Node[], depth = 0): Step {
  if (depth > DEEPEST) fail("fromOnnx", `branches at most ${DEEPEST} deep`, "more");
  const cuts = cutsOf(start.value, end, nodes);
  const parts: GraphPart[] = [];
  let place = start;
  for (let at = 0; at < cuts.length; ) {
    const [step, length] = formulaAt(cuts, at, place) ?? [single(cuts[at], place, depth), 1];
    parts.push(...step.parts);
    at += length;
    place = new Place(place.graph, cuts[at - 1].value, step.row, step.type ?? place.type);
  }
  return { parts, row: place.row, type: place.type };
}

/** The longest formula that begins here, and how many cuts it takes. */
function formulaAt(cuts: readonly Cut[], at: number, place: Place): [Step, number] | undefined {
  for (let length = Math.min(LONGEST_FORMULA, cuts.length - at); length > 0; length--) {
    const step = readFormula(cuts[at + length - 1].value, place);
    if (step !== undefined) return [step, length];
  }
  return undefined;
}

function single({ nodes }: Cut, place: Place, depth: number): Step {
  const last = nodes[nodes.length - 1];
  if (canMerge(last, place)) {
    const read = (end: string, inside: readonly Node[]) => readChain(place, end, inside, depth + 1);
    return readBranches(nodes, place, read);
  }
  // The sizes of a reshape may be computed, of the same value.
  return nodes.length === 1 || last.op === "Reshape" ? readOperator(last, place) : refuse(nodes, place);
}

/** Values behind which no earlier one is used, in order. The last is `end`. */
function cutsOf(start: string, end: string, nodes: readonly Node[]): readonly Cut[] {
  const lastUse = new Map<string, number>();
  for (const [i, { inputs }] of nodes.entries()) for (const name of inputs) lastUse.set(name, i);
  lastUse.set(end, nodes.length);
  const cuts: Cut[] = [];
  let open = lastUse.get(start) ?? 0; // the last place where a value made so far is used, the newest one aside
  let begin = 0;
  for (const [i, { outputs }] of nodes.entries()) {
    const used = outputs.filter((name) => lastUse.has(name));
    if (open <= i && used.length === 1) {
      cuts.push({ value: used[0], nodes: nodes.slice(begin, i + 1) });
      begin = i + 1;
    }
    for (const name of used) open = Math.max(open, lastUse.get(name) ?? 0);
  }
  return cuts;
}
