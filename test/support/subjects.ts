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
  softmaxCrossEntropy: [{ labelSmoothing: 0.1 }],
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
