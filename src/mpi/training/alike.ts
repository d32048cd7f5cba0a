import type { Collective } from "../../distributed/collective.js";
import { kernels } from "../../kernels/select.js";
import type { FitOptions } from "../../model/fit-options.js";
import type { FitPlan } from "../../model/fit-plan.js";
import type { Sequential } from "../../model/sequential.js";
import type { Trainer } from "../../model/trainer.js";
import { digestOf } from "./agree.js";

/** What has to be the same on every rank for them to train one model, by name. */
export function trainingOf(
  { about }: Collective,
  { model, options }: Trainer,
  plan: FitPlan,
  settings: FitOptions,
): Readonly<Record<string, string>> {
  const { optimizer, loss, metrics = [] } = options;
  const { parameters, context } = model;
  return {
    versions: about ?? "",
    numerics: kernels().fused ? "fast" : "exact",
    dtype: context.dtype,
    "the model": String(model),
    seed: String(context.random.key),
    "the weights": digestOf(parameters),
    "what is frozen": parameters
      .filter(({ trainable }) => !trainable)
      .map(({ name }) => name)
      .join(", "),
    "the optimizer": `${optimizer.type} ${JSON.stringify(optimizer.options)}`,
    "the optimizer's state": JSON.stringify([optimizer.scalars, optimizer.changedRate]),
    "the loss": loss.name,
    "the metrics": metrics.map(({ name }) => name).join(", "),
    ...textsOf(settings),
    "the steps of an epoch": String(plan.batches),
    "the callbacks": plan.audience.all.map((callback) => Object.keys(callback).sort().join(" ")).join(", "),
    "the finished steps": String(context.position.step),
  };
}

/** The weights in few letters, which differ where they do. */
export function weightsOf(model: Sequential<string>, epoch: number): Readonly<Record<string, string>> {
  return { [`the weights after epoch ${epoch + 1}`]: digestOf(model.parameters) };
}

/** What several processes have to be told alike. Their data is compared by the steps that it makes. */
function textsOf({ resume, batchSize, ...options }: FitOptions): Readonly<Record<string, string>> {
  const { epochs, initialEpoch, stepsPerEpoch, classWeight, shards, shuffle, validationSplit, ownData } =
    options;
  const all = {
    epochs,
    batchSize,
    initialEpoch,
    stepsPerEpoch,
    classWeight,
    shards,
    shuffle,
    validationSplit,
    ownData,
  };
  const texts = Object.entries(all).map(([name, value]) => [`\`${name}\``, JSON.stringify(value) ?? "none"]);
  return { ...Object.fromEntries(texts), "`resume`": resume === undefined ? "none" : "given" };
}
