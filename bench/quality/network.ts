import {
  Adam,
  accuracy,
  type Batch,
  binaryCrossEntropy,
  cosineDecay,
  Dense,
  Dropout,
  l2,
  meanSquaredError,
  ReLU,
  r2,
  Sequential,
  softmaxCrossEntropy,
} from "../../src/index.js";
import { standardized } from "./data.js";
import { others } from "./folds.js";
import { type SetOf, settings } from "./settings.js";

/**
 * "same": the network and the training of scikit-learn's. "own": the same network and number of epochs, with half of the
 * hidden numbers dropped (N. Srivastava et al., 2014) and a rate that falls to 0 and has the same mean.
 * "single": as "same", but two classes have one output, the logit of the second, as scikit-learn has them.
 */
export type Recipe = "same" | "own" | "single";

/** Trains on all rows but those of a fold, and scores these: the accuracy, or R² where the target is a number. */
export async function score(
  set: SetOf,
  { x, y }: Batch,
  fold: readonly number[],
  seed: number,
  recipe: Recipe = "same",
): Promise<number> {
  const rest = others(x.rows, fold);
  const inputs = standardized(x.gather(rest), x.gather(fold));
  const [yTrain, yTest] = [y.gather(rest), y.gather(fold)];
  const isNumber = set.classes === 0;
  const targets = isNumber ? standardized(yTrain, yTest) : { train: yTrain, test: yTest };

  const model = networkOf(set, rest.length, seed, recipe);
  const { epochs, batchSize } = settings;
  await model.fit({ x: inputs.train, y: targets.train }, { epochs, batchSize });
  const measured: Record<string, number> = await model.evaluate({ x: inputs.test, y: targets.test });
  return isNumber ? measured.r2 : measured.accuracy;
}

function networkOf(set: SetOf, rows: number, seed: number, recipe: Recipe) {
  const { units, epochs, batchSize, learningRate, alpha } = settings;
  const isNumber = set.classes === 0;
  // Half of scikit-learn's penalty goes with half of the squared error; ours is the whole one.
  const weightRegularizer = l2({ lambda: ((isNumber ? 1 : 0.5) * alpha) / batchSize });
  const onClasses = recipe === "single" ? binaryCrossEntropy({ fromLogits: true }) : softmaxCrossEntropy();
  const steps = epochs * Math.ceil(rows / batchSize);
  const rate = recipe === "own" ? cosineDecay({ initial: 2 * learningRate, steps }) : learningRate;
  return new Sequential(
    [
      new Dense({ units, weightRegularizer }),
      new ReLU(),
      ...(recipe === "own" ? [new Dropout({ rate: 0.5 })] : []),
      new Dense({ units: isNumber || recipe === "single" ? 1 : set.classes, weightRegularizer }),
    ],
    { input: [set.inputs], seed },
  ).compile({
    loss: isNumber ? meanSquaredError() : onClasses,
    optimizer: new Adam({ learningRate: rate }),
    metrics: isNumber ? [r2()] : [accuracy()],
  });
}
