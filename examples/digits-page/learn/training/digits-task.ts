import { Matrix, Random, type Sequential } from "chainrule";
import type { Digits } from "../../contracts.js";
import { distort } from "../../digits/distort.js";
import type { Picture } from "./protocol.js";
import { copyRows, type Examples, type Task } from "./task.js";

/** As many as 16 pieces of 512: a step on all of them can be left between two pieces. */
const TRAIN = 8192;
const VALIDATION = 1000;
const SAMPLE = 512;
/** So many units are drawn at most. */
const DRAWN = 128;

/** The first digits are learned from, the next are only measured on. */
export function digitsTask(digits: Digits, vary: boolean): Task {
  const pixels = digits.pixels.length / digits.count;
  const part = (from: number, count: number): Examples => ({
    x: new Matrix(count, pixels, digits.pixels.subarray(from * pixels, (from + count) * pixels)),
    labels: digits.labels.subarray(from, from + count),
  });
  const train = part(0, TRAIN);
  const random = Random.fromSeed(1).child("distort");
  return {
    ...{ inputs: pixels, outputs: 10, train },
    sample: part(0, SAMPLE),
    validation: part(TRAIN, VALIDATION),
    fill(x, places, pass) {
      copyRows(train.x, places, x);
      if (vary) x.data.set(distort(x.data as Float32Array, random, pass, places));
    },
    picture: (model) => firstWeights(model),
    pictureEvery: 400,
  };
}

/** The weights that lead to each unit of the first layer, as a picture of the pixels that they come from. */
export function firstWeights(model: Sequential): Picture {
  const [{ value }] = model.parameters;
  const { rows: pixels, cols, data } = value;
  const units = Math.min(cols, DRAWN);
  const weights = new Float32Array(units * pixels);
  for (let unit = 0; unit < units; unit++) {
    for (let pixel = 0; pixel < pixels; pixel++) weights[unit * pixels + pixel] = data[pixel * cols + unit];
  }
  return { kind: "weights", units, pixels, weights };
}
