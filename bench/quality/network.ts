import {
  Adam,
  AdamW,
  accuracy,
  type Batch,
  binaryCrossEntropy,
  cosineDecay,
  Dense,
  Dropout,
  glorotUniform,
  l2,
  meanSquaredError,
  ReLU,
  r2,
  Sequential,
  softmaxCrossEntropy,
} from "../../src/index.js";
import { standardized } from "./data.js";
import { others } from "./folds.js";
import { own, type SetOf, same, settings } from "./settings.js";

/** "same": the network and the training of scikit-learn's. "own": the same network, trained as one would here. */
export const recipes = ["same", "own"] as const;
export type Recipe = (typeof recipes)[number];

/** Trains on all rows but those of a fold, and scores these: the accuracy, or R² where the target is a number. */
export async function score(
  set: SetOf,
  { x, y }: Batch,
  fold: readonly number[],
  seed: number,
  recipe: Recipe = "same",
  alpha: number = same.alpha,
): Promise<number> {
  const rest = others(x.rows, fold);
  const inputs = standardized(x.gather(rest), x.gather(fold));
  const [yTrain, yTest] = [y.gather(rest), y.gather(fold)];
  const isNumber = set.classes === 0;
  const targets = isNumber ? standardized(yTrain, yTest) : { train: yTrain, test: yTest };

  const model = recipe === "same" ? sameNetwork(set, seed, alpha) : ownNetwork(set, rest.length, seed);
  const { epochs, batchSize } = settings;
  await model.fit({ x: inputs.train, y: targets.train }, { epochs, batchSize });
  const measured: Record<string, number> = await model.evaluate({ x: inputs.test, y: targets.test });
  return isNumber ? measured.r2 : measured.accuracy;
}

/** As scikit-learn has it: biases drawn as weights are, and one output for two classes, the logit of the second. */
function sameNetwork(set: SetOf, seed: number, alpha: number) {
  const { units, batchSize } = settings;
  const isNumber = set.classes === 0;
  // Half of scikit-learn's penalty goes with half of the squared error; ours is the whole one.
  const weightRegularizer = l2({ lambda: ((isNumber ? 1 : 0.5) * alpha) / batchSize });
  const dense = (units: number) => new Dense({ units, weightRegularizer, biasInitializer: glorotUniform() });
  const onClasses = set.classes === 2 ? binaryCrossEntropy({ fromLogits: true }) : softmaxCrossEntropy();
  const outputs = set.classes > 2 ? set.classes : 1;
  return new Sequential([dense(units), new ReLU(), dense(outputs)], { input: [set.inputs], seed }).compile({
    loss: isNumber ? meanSquaredError() : onClasses,
    optimizer: new Adam({ learningRate: same.learningRate }),
    metrics: isNumber ? [r2()] : [accuracy()],
  });
}

function ownNetwork(set: SetOf, rows: number, seed: number) {
  const { units, epochs, batchSize } = settings;
  const { dropout, labelSmoothing, weightDecay } = own;
  const isNumber = set.classes === 0;
  const steps = epochs * Math.ceil(rows / batchSize);
  const learningRate = cosineDecay({ initial: own.learningRate, steps });
  return new Sequential(
    [
      new Dropout({ rate: dropout }),
      new Dense({ units }),
      new ReLU(),
      new Dropout({ rate: dropout }),
      new Dense({ units: isNumber ? 1 : set.classes }),
    ],
    { input: [set.inputs], seed },
  ).compile({
    loss: isNumber ? meanSquaredError() : softmaxCrossEntropy({ labelSmoothing }),
    optimizer: new AdamW({ learningRate, weightDecay }),
    metrics: isNumber ? [r2()] : [accuracy()],
  });
}
