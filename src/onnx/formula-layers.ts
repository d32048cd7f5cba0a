import type { Layer } from "../layers/layer.js";
import { Threshold } from "../layers/rectifiers.js";
import type { Found } from "./match-term.js";
import type { Place, Step } from "./place.js";
import { decimal, type Node } from "./read-node.js";

/** What several nodes compute together, as exporters write layers that are no operator of ONNX. */
export interface Formula {
  readonly terms: readonly string[];
  /** The layer, or nothing where the constants are not such that there is one. */
  read(found: Found, place: Place, node: Node): Step | undefined;
}

/** A layer without parameters that leaves rows as wide as they are. */
export const same =
  (make: () => Layer) =>
  (_: Found, place: Place): Step => ({
    parts: [{ layer: make() }],
    row: place.row,
  });

/** The number behind a name of a term, written short. */
function numberOf(name: string, found: Found, place: Place): number | undefined {
  const number = place.single(place.constants.get(found.get(name) as string));
  return number === undefined || place.type === "float64" ? number : decimal(number);
}

/** The same with one number of the formula as an option. */
export const withNumber =
  (name: string, make: (number: number) => Layer | undefined) =>
  (found: Found, place: Place): Step | undefined => {
    const number = numberOf(name, found, place);
    const layer = number === undefined ? undefined : make(number);
    return layer && { parts: [{ layer }], row: place.row };
  };

/** GLU and SwiGLU: half as wide as their input. */
export const gate =
  (make: () => Layer) =>
  (_: Found, { row }: Place): Step => ({
    parts: [{ layer: make() }],
    row: [...row.slice(0, -1), row[row.length - 1] / 2],
  });

/** The same with λ, which stands in it as λ and as −λ. */
export function shrink(make: (lambda: number) => Layer) {
  return (found: Found, place: Place): Step | undefined => {
    const [high, low] = [numberOf("high", found, place), numberOf("low", found, place)];
    if (high === undefined || high < 0 || low !== -high) return undefined;
    return { parts: [{ layer: make(high) }], row: place.row };
  };
}

/** x above the threshold, else the value. */
export function threshold(found: Found, place: Place): Step | undefined {
  const [threshold, value] = [numberOf("threshold", found, place), numberOf("value", found, place)];
  if (threshold === undefined || value === undefined) return undefined;
  return { parts: [{ layer: new Threshold({ threshold, value }) }], row: place.row };
}
