import { Matrix } from "chainrule";
import type { Digits, Shown } from "../contracts.js";
import { digitFromStrokes } from "../digits/digit-image.js";
import type { Stroke } from "../digits/strokes/path.js";
import { PEN } from "./pen.js";
import { type Step, stepOf } from "./step/step.js";

/** What lies on the paper. */
export type Paper =
  | { readonly kind: "drawn"; readonly strokes: readonly Stroke[] }
  | { readonly kind: "test"; readonly index: number };

/** All that the picture follows from. */
export interface State {
  readonly model: Shown | undefined;
  readonly name: string;
  /** Counts steps of learning that were taken here. */
  readonly steps: number;
  readonly digits: Digits | undefined;
  readonly paper: Paper;
  /** The pen's width, where the paper's side is 1. */
  readonly pen: number;
  /** What somebody says that the digit is. */
  readonly said: number | undefined;
}

export const blank: State = {
  model: undefined,
  name: "",
  steps: 0,
  digits: undefined,
  paper: { kind: "drawn", strokes: [] },
  pen: PEN,
  said: undefined,
};

/** What is known of the digit from the data. */
export const knownLabel = ({ paper, digits }: State): number | undefined =>
  paper.kind === "test" ? digits?.labels[paper.index] : undefined;

/** The 784 numbers that go in, and nothing while the paper is empty. */
export function pixelsOf({ paper, pen, digits }: State): Float32Array | undefined {
  if (paper.kind === "drawn") return digitFromStrokes(paper.strokes, pen);
  return digits?.pixels.subarray(784 * paper.index, 784 * (paper.index + 1));
}

/** The network's reading of it. Where nobody said what it is, the network's own answer is taken for true. */
export function readingOf(state: State, pixels: Float32Array): Step | undefined {
  const { model, said } = state;
  if (model === undefined) return undefined;
  const answer = () => model.predict(new Matrix(1, 784, pixels)).argmax("rows").data[0];
  return stepOf(model, pixels, said ?? knownLabel(state) ?? answer());
}

/** One step of gradient descent on this picture. Returns the loss before it. */
export function learn(model: Shown, pixels: Float32Array, label: number): number {
  return model.trainBatch(new Matrix(1, 784, pixels), Matrix.from([[label]]));
}
