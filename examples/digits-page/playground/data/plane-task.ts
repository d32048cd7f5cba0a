import { Matrix, type Sequential } from "chainrule";
import type { Picture } from "../../learn/training/protocol.js";
import { copyRows, type Examples, type Task } from "../../learn/training/task.js";
import { EXTENT, type FeatureName, features, type PlaneSettings, type Points } from "./plane.js";
import { pointsOf, TRAIN } from "./points.js";

/** Places of a side: as fine as the eye follows, and as coarse as a worker can answer many times a second. */
const SIDE = 96;
const UNIT_SIDE = 28;

export function planeTask(settings: PlaneSettings): Task {
  const points = pointsOf(settings);
  const x = featuresOf(settings.features, points);
  const part = (from: number, to?: number): Examples => ({
    x: x.slice(from, to),
    labels: points.labels.subarray(from, to),
  });
  const train = part(0, TRAIN);
  const [fine, coarse] = [SIDE, UNIT_SIDE].map((side) => featuresOf(settings.features, gridOf(side)));
  return {
    ...{ inputs: settings.features.length, outputs: 1, train, sample: train, validation: part(TRAIN) },
    fill: (into, places) => copyRows(train.x, places, into),
    picture: (model) => planePicture(model, fine, coarse),
    pictureEvery: 0,
  };
}

/** What a network is told of these points, one a row. */
function featuresOf(names: readonly FeatureName[], { x, y }: Pick<Points, "x" | "y">): Matrix {
  const chosen = features.filter(({ name }) => names.includes(name));
  const rows = Array.from(x, (_, i) => chosen.map(({ of }) => of(x[i], y[i])));
  return Matrix.from(rows);
}

/** The places of a grid over the plane, row by row from the top. */
export function gridOf(side: number): Pick<Points, "x" | "y"> {
  const at = (i: number) => EXTENT * ((2 * (i + 0.5)) / side - 1);
  return {
    x: Float32Array.from({ length: side * side }, (_, i) => at(i % side)),
    y: Float32Array.from({ length: side * side }, (_, i) => -at(Math.floor(i / side))),
  };
}

/** Every unit's activation over the plane: behind its own activation function, where it has one. */
function planePicture(model: Sequential, fine: Matrix, coarse: Matrix): Picture {
  const traces = model.trace(coarse);
  const ends = traces.filter((_, i) => traces[i + 1] === undefined || traces[i + 1].layer.type === "Dense");
  const weights = model.parameters.filter(({ name }) => name.endsWith("weight"));
  return {
    ...{ kind: "plane", side: SIDE, unitSide: UNIT_SIDE },
    answer: Float32Array.from(model.predict(fine).data),
    layers: ends.slice(0, -1).map(({ output }) => unitByUnit(output)),
    weights: weights.map(({ value }) => Float32Array.from(value.data)),
  };
}

function unitByUnit({ rows, cols, data }: Matrix): Float32Array {
  return Float32Array.from({ length: rows * cols }, (_, i) => data[(i % rows) * cols + Math.floor(i / rows)]);
}
