import { Parallel, type ParallelOptions } from "../layers/parallel.js";
import { Residual } from "../layers/residual.js";
import type { Matrix } from "../matrix.js";
import { formatRow, type GraphPart, type Place, type Step } from "./place.js";
import { type Node, REPLACE } from "./read-node.js";

/** What becomes of several values, by the operator that makes one of them. */
const merges: Readonly<Record<string, NonNullable<ParallelOptions["merge"]>>> = {
  Add: "add",
  Sum: "add",
  Mul: "multiply",
  Max: "maximum",
  Mean: "average",
  Concat: "concatenate",
};

/** Whether a node makes one value of several that depend on the input. */
export function canMerge({ op, inputs }: Node, { graph, value }: Place): boolean {
  return (
    Object.hasOwn(merges, op) &&
    inputs.length > 1 &&
    inputs.every((name) => name === value || graph.makers.has(name))
  );
}

/** Branches that begin at the place's value and meet in the last of these nodes, which nothing else uses. */
export function readBranches(
  nodes: readonly Node[],
  place: Place,
  read: (end: string, nodes: readonly Node[]) => Step,
): Step {
  const last = nodes[nodes.length - 1];
  const branchOf = new Map<Node, number>();
  const inside = new Set(nodes.slice(0, -1));
  for (const [i, end] of last.inputs.entries()) {
    for (const node of behind(end, place, inside)) {
      if (branchOf.has(node)) refuse(nodes, place);
      branchOf.set(node, i);
    }
  }
  const members = last.inputs.map((): Node[] => []);
  for (const node of inside) members[branchOf.get(node) ?? 0].push(node);
  const branches = last.inputs.map((end, i) => read(end, members[i]));
  const row = mergedRow(last, place, branches);
  last.expectAllRead(last.inputs.length);
  return { parts: [partOf(last, place, branches)], row };
}

/** The nodes that a value is made of. */
function behind(value: string, { graph }: Place, inside: ReadonlySet<Node>): ReadonlySet<Node> {
  const found = new Set<Node>();
  const open = [value];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const node = graph.makers.get(name);
    if (node === undefined || !inside.has(node) || found.has(node)) continue;
    found.add(node);
    open.push(...node.inputs);
  }
  return found;
}

/** Side by side along the first axis of a row, or number by number in rows of one shape. */
function mergedRow(last: Node, place: Place, branches: readonly Step[]): readonly number[] {
  const [{ row: first, type }, ...others] = branches;
  if (others.some((other) => other.type !== type)) last.fail("branches of one type", "of several");
  const isConcat = last.op === "Concat";
  if (isConcat && place.as(first).axis(last.integer("axis", 0)) !== 1) {
    last.fail("rows side by side, along axis 1", `axis ${last.integer("axis", 0)}`, REPLACE);
  }
  const rest = ({ row }: Step) => (isConcat ? row.slice(1) : row).join();
  if (others.some((other) => other.row.length !== first.length || rest(other) !== rest(branches[0]))) {
    const rows = branches.map(({ row }) => formatRow(row)).join(", ");
    last.fail("branches with rows of one shape", rows, REPLACE);
  }
  return isConcat ? [branches.reduce((sum, { row }) => sum + row[0], 0), ...first.slice(1)] : first;
}

function partOf(last: Node, { value }: Place, branches: readonly Step[]): GraphPart {
  const skip = last.inputs.indexOf(value);
  if (merges[last.op] === "add" && branches.length === 2 && skip >= 0) {
    const { parts } = branches[1 - skip];
    return { layer: new Residual({ layers: layersOf(parts) }), ...named(parts, "") };
  }
  const layer = new Parallel({
    branches: branches.map(({ parts }) => layersOf(parts)),
    merge: merges[last.op],
  });
  const all = branches.map(({ parts }, i) => named(parts, `${i}.`));
  return {
    layer,
    values: Object.assign({}, ...all.map(({ values }) => values)),
    frozen: all.flatMap((one) => one.frozen),
  };
}

const layersOf = (parts: readonly GraphPart[]) => parts.map(({ layer }) => layer);

/** The values of layers inside of another, by the names that they have there. */
function named(parts: readonly GraphPart[], path: string) {
  const values: Record<string, Matrix> = {};
  const frozen: string[] = [];
  for (const [i, part] of parts.entries()) {
    for (const [name, value] of Object.entries(part.values ?? {})) values[`${path}${i}.${name}`] = value;
    for (const name of part.frozen ?? []) frozen.push(`${path}${i}.${name}`);
  }
  return { values, frozen };
}

/** @throws ChainruleError that names the operators between two values */
export function refuse(nodes: readonly Node[], { value }: Place): never {
  const last = nodes[nodes.length - 1];
  const operators = nodes.slice(0, 12).map(({ op }) => op);
  const more = nodes.length > 12 ? " …" : "";
  const got = `${operators.join(", ")}${more} after ${JSON.stringify(value.slice(0, 80))}`;
  return last.fail("a formula, or branches, that chainrule has a layer for", got, REPLACE);
}
