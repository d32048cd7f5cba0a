import { Flatten, Reshape } from "../layers/reshape.js";
import { sizeOf } from "../shape.js";
import { listOf } from "./operator-options.js";
import { formatRow, type Place, type Step } from "./place.js";
import type { Node } from "./read-node.js";
import { sidesOf } from "./read-sides.js";

const BATCH = "The first axis is the batch, and stays.";

/** Rows of another shape and the same numbers. */
function reshaped(place: Place, row: readonly number[]): Step {
  if (row.length === 0 || row.join() === place.row.join()) return { parts: [], row };
  return { parts: [{ layer: row.length === 1 ? new Flatten() : new Reshape({ shape: row }) }], row };
}

/** Everything from the axis on as one. */
export function flatten(node: Node, place: Place): Step {
  const axis = place.axis(node.integer("axis", 1)) ?? place.rank;
  const { row } = place;
  if (axis === 1 || (axis > 1 && sizeOf(row.slice(0, axis - 1)) === 1)) {
    return { parts: [{ layer: new Flatten() }], row: [place.units] };
  }
  return node.fail("to flatten from axis 1 on", `axis ${axis} of ${formatRow(row)}`, BATCH);
}

/** To sides of which the first is the batch: 0 for as many as there are, −1 for what is left, or the number itself. */
export function reshape(node: Node, place: Place): Step {
  const copiesZeros = node.integer("allowzero", 0) === 0;
  const [first, ...sides] = sidesOf(node, place, node.inputs[1] ?? "");
  const row = sides.map((side, i) => {
    if (side === "batch")
      return node.fail("rows of a fixed shape", "the number of rows among their sides", BATCH);
    return side === 0 && copiesZeros ? (place.row[i] ?? 0) : side;
  });
  const known = sizeOf(row.filter((side) => side !== -1));
  const open = row.filter((side) => side === -1).length;
  const isBatch = first === "batch" || (first === 0 && copiesZeros) || first === place.graph.input.batch;
  const filled = row.map((side) => (side === -1 ? place.units / known : side));
  const fits = open === 0 ? isBatch || first === -1 : open === 1 && isBatch;
  if (fits && sizeOf(filled) === place.units && filled.every((side) => Number.isInteger(side) && side > 0)) {
    return reshaped(place, filled);
  }
  return node.fail(`rows of ${place.units} numbers`, `[${[first, ...sides].join(" × ")}]`, BATCH);
}

/** Without axes of length 1. */
export function squeeze(node: Node, place: Place): Step {
  const axes = listOf(node, "axes", 1, place)?.map((axis) => place.axis(axis));
  if (axes === undefined) return node.fail("`axes`", "none", `Say which axes go. ${BATCH}`);
  const isWrong = (axis: number | undefined) => axis === undefined || axis === 0 || place.row[axis - 1] !== 1;
  if (axes.some(isWrong)) node.fail("axes of length 1", `${axes.join()} of ${formatRow(place.row)}`, BATCH);
  return reshaped(
    place,
    place.row.filter((_, i) => !axes.includes(i + 1)),
  );
}

/** With axes of length 1 more. */
export function unsqueeze(node: Node, place: Place): Step {
  const given = listOf(node, "axes", 1, place) ?? [];
  const rank = place.rank + given.length;
  const axes = new Set(given.map((axis) => (axis < 0 ? axis + rank : axis)));
  const isWrong = [...axes].some((axis) => !(axis > 0 && axis < rank));
  if (isWrong || axes.size < given.length || given.length > MOST_AXES) {
    node.fail("new axes behind the first", given.join(), BATCH);
  }
  const sides = [...place.row];
  const row = Array.from({ length: rank - 1 }, (_, i) => (axes.has(i + 1) ? 1 : (sides.shift() as number)));
  return reshaped(place, row);
}
const MOST_AXES = 16;

/** Whole numbers as floats, or floats as they are. */
export function cast(node: Node, place: Place): Step {
  const to = FLOATS.get(node.integer("to", 0));
  if (to === undefined || (to !== place.type && place.type !== "integer")) {
    const advice = "Export the model in one type of numbers.";
    return node.fail(`a cast to ${place.type}`, `type ${node.integer("to", 0)}`, advice);
  }
  return { parts: [], row: place.row, type: to };
}
const FLOATS: ReadonlyMap<number, "float32" | "float64"> = new Map([
  [1, "float32"],
  [11, "float64"],
]);

/** A step in name only: axes stay where they are, or such of length 1 change places. */
export function transpose(node: Node, place: Place): Step {
  const order = node.integers("perm") ?? Array.from({ length: place.rank }, (_, i) => place.rank - 1 - i);
  const isOrder = order.length === place.rank && new Set(order).size === order.length && order[0] === 0;
  const row = order.slice(1).map((axis) => place.row[axis - 1]);
  const long = order.slice(1).filter((axis) => place.row[axis - 1] !== 1);
  if (
    isOrder &&
    row.every((side) => side !== undefined) &&
    long.every((axis, i) => i === 0 || long[i - 1] < axis)
  ) {
    return reshaped(place, row);
  }
  return node.fail(
    "axes that stay in their order",
    `perm ${order.join()}`,
    "Reorder the columns of the data.",
  );
}
