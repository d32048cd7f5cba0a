import {
  Adam,
  Dense,
  type Layer,
  Matrix,
  meanSquaredError,
  Random,
  ReLU,
  Sequential,
  SGD,
  softmaxCrossEntropy,
} from "chainrule";
import type { Work } from "../works.js";
import { serve } from "./serve.js";

const work = JSON.parse(process.argv[2]) as Work;
const { widths, batchSize, steps } = work;
const [inputs, outputs] = [widths[0], widths[widths.length - 1]];
const layers = widths.slice(1).flatMap((units, i): Layer[] => {
  return i === widths.length - 2 ? [new Dense({ units })] : [new Dense({ units }), new ReLU()];
});
const model = new Sequential(layers, { input: [inputs], seed: 1 }).compile({
  loss: outputs > 1 ? softmaxCrossEntropy() : meanSquaredError(),
  optimizer: work.optimizer === "adam" ? new Adam() : new SGD({ learningRate: 0.01 }),
});
const random = Random.fromSeed(1);
const x = Matrix.zeros(batchSize, inputs).map((_, r, c) => random.uniform(r * inputs + c));
const y = Matrix.zeros(batchSize, 1).map((_, r) => r % Math.max(2, outputs));

serve(() => {
  for (let step = 0; step < steps; step++) model.trainBatch(x, y);
});
