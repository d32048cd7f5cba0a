import type { Place } from "./place.js";
import { isNear, type Node } from "./read-node.js";

/** What an operator in a term may have beside its inputs. */
interface Options {
  readonly attributes: readonly string[];
  /** Inputs after those of the term, which are options. */
  readonly inputs?: number;
  fits(node: Node, place: Place): boolean;
}

/** Whether a node in a term does what the term's operator does: all that it has beside its inputs is looked at. */
export function fits(node: Node, inputs: number, place: Place): boolean {
  const { attributes, inputs: more = 0, fits } = options.get(node.op) ?? PLAIN;
  if (node.inputs.length < inputs || node.inputs.length > inputs + more) return false;
  return node.attributeNames.every((name) => attributes.includes(name)) && fits(node, place);
}

const PLAIN: Options = { attributes: [], fits: () => true };

const options: ReadonlyMap<string, Options> = /* @__PURE__ */ new Map<string, Options>([
  ["HardSigmoid", { attributes: ["alpha", "beta"], fits: isOurHardSigmoid }],
  ["Softmax", { attributes: ["axis"], fits: isOverRows }],
  ["ReduceMean", { attributes: ["axes", "keepdims", "noop_with_empty_axes"], inputs: 1, fits: isMeanOfRows }],
  ["Split", { attributes: ["axis", "split", "num_outputs"], inputs: 1, fits: isInHalves }],
  [
    "Clip",
    {
      attributes: ["min", "max"],
      inputs: 2,
      fits: (node, place) => clipLimits(node, place).join() === "0,6",
    },
  ],
  ["Cast", { attributes: ["to"], fits: (node) => [BOOL, INT32, INT64].includes(node.integer("to", 0)) }],
  ["Gather", { attributes: ["axis"], fits: (node) => node.integer("axis", 0) === 0 }],
]);
const [INT32, INT64, BOOL] = [6, 7, 9];

/** min(max(x + 3, 0), 6) / 6, which is not ONNX's default. */
export function isOurHardSigmoid(node: Node): boolean {
  return isNear(node.number("alpha", 0.2), 1 / 6) && node.number("beta", 0.5) === 0.5;
}

/** Before opset 13 from an axis on, since then along one. */
export function isOverRows(node: Node, place: Place): boolean {
  if (place.graph.opset < 13) return place.isWholeFrom(node.integer("axis", 1));
  return place.isWholeAt(node.integer("axis", -1));
}

/** The mean of all numbers of a row, as one number a row. */
function isMeanOfRows(node: Node, place: Place): boolean {
  const axes = listOf(node, "axes", 1, place)?.map((axis) => place.axis(axis));
  if (axes === undefined || axes.includes(undefined) || axes.includes(0)) return false;
  return (
    node.integer("keepdims", 1) === 1 && place.row.every((side, i) => side === 1 || axes.includes(i + 1))
  );
}

/** The last axis in two equal parts. */
function isInHalves(node: Node, place: Place): boolean {
  const last = place.row[place.row.length - 1];
  const parts = listOf(node, "split", 1, place) ?? [last / 2, last / 2];
  if (node.outputs.length !== 2 || place.axis(node.integer("axis", 0)) !== place.row.length) return false;
  return place.row.length > 0 && last % 2 === 0 && parts.length === 2 && parts.every((n) => n === last / 2);
}

/** A list of whole numbers that is an attribute, or in newer opsets a constant input. */
export function listOf(node: Node, attribute: string, input: number, { constants }: Place) {
  const name = node.inputs[input] ?? "";
  if (name === "") return node.integers(attribute);
  return constants.has(name) ? [...constants.get(name).data] : node.fail("constants as options", "a value");
}

/** What `Clip` cuts to: attributes before opset 11, inputs since. */
export function clipLimits(node: Node, place: Place): readonly [min: number, max: number] {
  const limit = (name: string, input: number, otherwise: number): number => {
    const value = node.inputs[input] ?? "";
    if (value === "") return node.number(name, otherwise);
    const number = place.constants.has(value) ? place.single(place.floats(node.who, value)) : undefined;
    return number ?? node.fail(`${name} to be one number`, "other values");
  };
  return [limit("min", 1, Number.NEGATIVE_INFINITY), limit("max", 2, Number.POSITIVE_INFINITY)];
}
