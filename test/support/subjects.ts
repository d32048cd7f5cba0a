import * as layersBarrel from "../../src/layers/index.js";
import type { LayerClass } from "../../src/layers/layer.js";
import * as lossesBarrel from "../../src/losses/index.js";
import type { Loss } from "../../src/losses/loss.js";
import * as optimizersBarrel from "../../src/optimizers/index.js";
import type { OptimizerClass } from "../../src/optimizers/optimizer.js";

/** Every layer that the library exports: what stands in the barrel is tested, and nothing needs to be listed twice. */
export const layerClasses = Object.values(layersBarrel).filter(
  (value) => typeof value === "function" && "type" in value,
) as unknown as LayerClass[];

/** Every loss factory, with the option sets that change its formula. */
const variants: Readonly<Record<string, readonly object[]>> = {
  huber: [{ delta: 0.3 }],
  binaryCrossEntropy: [{ fromLogits: true }],
  softmaxCrossEntropy: [
    { labelSmoothing: 0.1 },
    { classWeight: [0.5, 2, 1, 0.25], labelSmoothing: 0.1 },
    { ignoreIndex: 3 },
  ],
  categoricalCrossEntropy: [{ classWeight: [0.5, 2, 1, 0.25] }, { ignoreIndex: 3 }],
  smoothL1: [{ beta: 0.3 }, { beta: 0 }],
  quantile: [{ quantile: 0.9 }],
  binaryFocalCrossEntropy: [{ gamma: 0.5, alpha: 0.25 }, { fromLogits: true }],
  categoricalFocalCrossEntropy: [{ gamma: 0.5 }, { fromLogits: true }, { gamma: 0.5, fromLogits: true }],
  klDivergence: [{ fromLogProbabilities: true }, { logTarget: true }],
  poisson: [{ logInput: false }, { full: true }],
  gaussianNLL: [{ full: true, epsilon: 0.01 }],
  multiMargin: [{ p: 2 }, { margin: 0.5 }],
  cosineEmbedding: [{ margin: 0.25 }],
  marginRanking: [{ margin: 0.5 }],
  tripletMargin: [{ p: 1 }, { p: 3, margin: 0.5 }],
  dice: [{ smooth: 0 }],
  tversky: [{ alpha: 0.3, beta: 0.7, smooth: 0.5 }],
};

export const losses: readonly { name: string; loss: Loss }[] = Object.entries(lossesBarrel).flatMap(
  ([name, factory]) =>
    [{}, ...(variants[name] ?? [])].map((options) => ({
      name: `${name} ${JSON.stringify(options)}`,
      loss: (factory as (options: object) => Loss)(options),
    })),
);

export const optimizerClasses = Object.values(optimizersBarrel).filter(
  (value) => typeof value === "function" && "type" in value,
) as unknown as OptimizerClass[];
