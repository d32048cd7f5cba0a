import type { Picture } from "../../learn/training/protocol.js";
import { largest } from "../../think/draw/colours.js";
import { featureMaps, unitOf } from "./maps.js";
import { type FeatureName, features } from "./plane.js";

/** A unit of a column: column 0 are the features, then come the hidden layers. */
export interface Place {
  readonly column: number;
  readonly unit: number;
}

/** What the large plane shows. */
export interface Shown {
  /** From −1 to 1. */
  readonly values: Float32Array;
  readonly side: number;
  readonly caption: string;
}

const maps = featureMaps();
const blank = new Float32Array(4);

/** The answer to each place, or what a marked unit makes of it. */
export function shownOf(
  picture: (Picture & { kind: "plane" }) | undefined,
  chosen: readonly FeatureName[],
  marked: Place | undefined,
): Shown {
  return (marked && ofUnit(picture, chosen, marked)) ?? answerOf(picture);
}

function answerOf(picture: (Picture & { kind: "plane" }) | undefined): Shown {
  const caption = "The answer: blue or orange, and the line between them";
  if (picture === undefined) return { values: blank, side: 2, caption };
  return { values: picture.answer.map((p) => 2 * p - 1), side: picture.side, caption };
}

function ofUnit(
  picture: (Picture & { kind: "plane" }) | undefined,
  chosen: readonly FeatureName[],
  { column, unit }: Place,
): Shown | undefined {
  const feature = features.findIndex(({ name }) => name === chosen[unit]);
  const values = column === 0 ? maps[feature] : unitOf(picture, column - 1, unit);
  if (values === undefined) return undefined;
  const most = largest(values);
  return {
    values: values.map((value) => value / most),
    side: Math.sqrt(values.length),
    caption:
      column === 0 ? `The feature ${features[feature].label}` : `Unit ${unit + 1} of hidden layer ${column}`,
  };
}
