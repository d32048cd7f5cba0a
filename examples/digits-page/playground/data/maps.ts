import type { Picture } from "../../learn/training/protocol.js";
import { features } from "./plane.js";
import { gridOf } from "./plane-task.js";

/** Places of a side of what features look like. */
export const FEATURE_SIDE = 28;

/** What a hidden unit makes of the plane, where that is known. */
export function unitOf(
  picture: (Picture & { kind: "plane" }) | undefined,
  layer: number,
  unit: number,
): Float32Array | undefined {
  const size = (picture?.unitSide ?? 0) ** 2;
  const values = picture?.layers[layer]?.subarray(unit * size, (unit + 1) * size);
  return values?.length === size && size > 0 ? values : undefined;
}

/** The features over the plane. */
export function featureMaps(): readonly Float32Array[] {
  const { x, y } = gridOf(FEATURE_SIDE);
  return features.map(({ of }) => Float32Array.from(x, (value, i) => of(value, y[i])));
}
