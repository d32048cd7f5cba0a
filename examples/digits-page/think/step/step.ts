import { type Floats, Matrix, Sequential, Softmax } from "chainrule";
import type { Shown } from "../../contracts.js";
import { pathTo } from "./path.js";
import { type Stage, stagesOf } from "./stages.js";
import { type Edge, strongest } from "./strongest.js";

/** What a network made of one picture, and, where its true label is known, of its error. */
export interface Step {
  /** [784], from 0 to 1 */
  readonly pixels: Floats;
  /** The last one is the output layer, with logits as its z and a. */
  readonly stages: readonly Stage[];
  /** [10] */
  readonly probabilities: Floats;
  /** The digit with the largest probability. */
  readonly winner: number;
  readonly label: number | undefined;
  /** −ln p of the label */
  readonly loss: number | undefined;
  /** For each stage: its strongest products x·w. */
  readonly flow: readonly (readonly Edge[])[];
  /** For each stage: what speaks most for the winner. */
  readonly path: readonly (readonly Edge[])[];
  /** For each stage: the strongest ∂L/∂z·w, which carry the gradient to what went in. */
  readonly carry: readonly (readonly Edge[])[];
  /** For each stage: its largest ∂L/∂w. */
  readonly change: readonly (readonly Edge[])[];
  /** ∂L/∂pixels, [784] */
  readonly byPixel: Floats | undefined;
}

/** So many connections of a stage are drawn, of either sign. */
const DRAWN = 90;

const softmax = new Sequential([new Softmax()], { input: [10] });

/** One picture through the network and, with a label, back. The model is compiled with a loss on classes. */
export function stepOf(model: Shown, pixels: Float32Array, label?: number): Step {
  const x = new Matrix(1, pixels.length, pixels);
  const traced = model.trace(x, label === undefined ? undefined : Matrix.from([[label]]));
  const endsInSoftmax = traced[traced.length - 1].layer.type === "Softmax";
  const stages = stagesOf(pixels, endsInSoftmax ? traced.slice(0, -1) : traced);
  const last = traced[traced.length - 1].output;
  const probabilities = endsInSoftmax ? last : softmax.predict(last);
  const first = stages[0];
  const carried = (rows: Stage["dz"], pick: (dz: Floats) => Edge[]) => (rows === undefined ? [] : pick(rows));
  const [winner] = probabilities.argmax("rows").data;
  return {
    pixels,
    stages,
    probabilities: probabilities.data,
    winner,
    label,
    loss: label === undefined ? undefined : model.loss?.mean(last, Matrix.from([[label]])),
    flow: stages.map(({ x, weight }) => strongest(DRAWN, { rows: x, weight })),
    path: pathTo(stages, winner),
    carry: stages.map(({ weight, dz }) => carried(dz, (cols) => strongest(DRAWN, { weight, cols }))),
    change: stages.map(({ x, dz }) => carried(dz, (cols) => strongest(DRAWN, { rows: x, cols }))),
    byPixel: first.dz && first.weight.matmul(new Matrix(first.dz.length, 1, first.dz)).data,
  };
}
