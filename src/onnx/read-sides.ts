import type { Place } from "./place.js";
import type { Node } from "./read-node.js";

/** How large one axis is to be: a number, or as many as there are rows. */
export type Side = number | "batch";

/** How many axes a value may have. */
const MOST_AXES = 16;

/** The sides that a reshape asks for: constants, or lists that are put together of the sides of its input. */
export function sidesOf(node: Node, place: Place, value: string): readonly Side[] {
  const { constants, graph } = place;
  const known = new Map<string, readonly Side[]>();
  const refuse = () => node.fail("a constant shape", "one that is computed", "Write the sizes as numbers.");
  const read = (name: string, depth: number): readonly Side[] => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const sides = constants.has(name)
      ? [...constants.get(name).data.subarray(0, MOST_AXES + 1)]
      : compute(name, depth);
    if (sides.length > MOST_AXES || depth > MOST_AXES) refuse();
    known.set(name, sides);
    return sides;
  };
  const compute = (name: string, depth: number): readonly Side[] => {
    const maker = graph.makers.get(name);
    if (maker === undefined) return refuse();
    const input = (i: number) => read(maker.inputs[i] ?? "", depth + 1);
    switch (maker.op) {
      case "Shape":
        if (maker.inputs[0] !== place.value) return refuse();
        return cut(["batch", ...place.row], maker.integer("start", 0), maker.integer("end", MOST_AXES));
      case "Gather": {
        const [index, ...more] = input(1);
        return typeof index !== "number" || more.length > 0
          ? refuse()
          : cut(input(0), index, index + 1 || MOST_AXES);
      }
      case "Slice": {
        const [start, end, , step = 1] = [1, 2, 3, 4].map((i) =>
          i < maker.inputs.length ? input(i)[0] : undefined,
        );
        if (typeof start !== "number" || typeof end !== "number" || step !== 1) return refuse();
        return cut(input(0), start, end);
      }
      case "Concat":
        if (maker.inputs.length > MOST_AXES) return refuse();
        return maker.inputs.flatMap((_, i) => input(i));
      case "Unsqueeze":
      case "Squeeze":
      case "Cast":
        return input(0);
      default:
        return refuse();
    }
  };
  return read(value, 0);
}

const cut = (sides: readonly Side[], start: number, end: number) => sides.slice(start, end);
