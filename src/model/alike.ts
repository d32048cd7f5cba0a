import { kernels } from "../kernels/select.js";
import { digestOf, expectAlike } from "./agree.js";
import type { FitPlan } from "./fit-plan.js";
import type { Team } from "./team.js";
import type { Trainer } from "./trainer.js";

/** @throws ChainruleError on every rank where one of them would train otherwise */
export function expectSameTraining(team: Team, { model, options }: Trainer, plan: FitPlan): void {
  const { optimizer, loss, metrics = [] } = options;
  const { parameters, context } = model;
  const own = {
    versions: team.collective.about ?? "",
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
    ...plan.settings,
    "the steps of an epoch": String(plan.batches),
    "the callbacks": plan.audience.all.map((callback) => Object.keys(callback).sort().join(" ")).join(", "),
    "the finished steps": String(context.position.step),
  };
  team.agree(() => expectAlike(team.collective, own));
}

/** @throws ChainruleError on every rank where the weights of one are no more those of the others */
export function expectSameWeights(team: Team, { model }: Trainer, epoch: number): void {
  const own = { [`the weights after epoch ${epoch + 1}`]: digestOf(model.parameters) };
  team.agree(() => expectAlike(team.collective, own));
}
