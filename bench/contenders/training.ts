import type { Layer } from "chainrule";
import type { TrainTask } from "../tasks.js";
import { layersOf } from "./floats.js";
import { library } from "./library.js";
import { checkPortion, portion } from "./portion.js";
import type { Work } from "./serve.js";

const { Adam, Dense, GradientDescent, Matrix, Sequential, SGD } = library;
type Numbers = Float32Array<ArrayBuffer>;

/** Training as a user writes it. */
export function training(task: TrainTask, inputs: Numbers, targets: Numbers): Omit<Work, "version"> {
  const { batchSize, rows } = task;
  const first = (count: number) => {
    const [x, y] = [inputs, targets].map((numbers) => {
      const cols = numbers.length / rows;
      return new Matrix(count, cols, numbers.subarray(0, count * cols)); // a view, not a copy
    });
    return { x, y };
  };
  const { x, y } = first(rows);
  const weights = Object.fromEntries(
    layersOf(task.widths).flatMap(({ inputs, units, weight, bias }, i) => [
      [`${2 * i}.weight`, new Matrix(inputs, units, weight)],
      [`${2 * i}.bias`, new Matrix(1, units, bias)],
    ]),
  );
  const model = new Sequential(layersFor(task), { input: [task.widths[0]], seed: 1 }).compile({
    loss: library[task.loss](),
    optimizer: optimizerFor(task),
  });
  const reset = () => model.setWeights(weights);
  const trainBatches = (steps: number) => {
    for (let step = 0; step < steps; step++) model.trainBatch(x, y);
    return steps * rows;
  };

  return {
    reset,
    async check() {
      reset();
      const portion = checkPortion(task);
      const measured = first(portion.measured);
      const before = await model.evaluate(measured);
      if (task.by === "fit")
        await model.fit(first(portion.rows), { batchSize, epochs: portion.epochs, shuffle: false });
      else trainBatches(50);
      return [before.loss, (await model.evaluate(measured)).loss];
    },
    async run(amount) {
      if (task.by === "trainBatch") return trainBatches(Math.ceil(amount / rows));
      const { rows: count, epochs } = portion(task, amount);
      await model.fit(first(count), { batchSize, epochs });
      return count * epochs;
    },
  };
}

function layersFor({ widths, activation }: TrainTask): Layer[] {
  return widths.slice(1).flatMap((units, i): Layer[] => {
    const dense = new Dense({ units });
    if (activation === "sigmoid") return [dense, new library.Sigmoid()];
    return i === widths.length - 2 ? [dense] : [dense, new library.ReLU()];
  });
}

function optimizerFor({ optimizer, learningRate, batchSize }: TrainTask) {
  if (batchSize === "full") return new GradientDescent({ learningRate });
  return optimizer === "adam" ? new Adam({ learningRate }) : new SGD({ learningRate });
}
