import { fail } from "../errors.js";
import { ActivityRegularization } from "../layers/activity-regularization.js";
import { Dense } from "../layers/dense.js";
import { Embedding } from "../layers/embedding.js";
import type { Layer } from "../layers/layer.js";
import { PReLU } from "../layers/prelu.js";
import type { Shape } from "../shape.js";
import { Config, classOf, own } from "./config.js";
import { initializer } from "./read-initializers.js";
import { readConstraint, readRegularizer } from "./read-penalties.js";
import { expectOneSide, type FrozenPart, type LayerWeights, type Step } from "./reading.js";

/** y = x·W + b; its activation is read apart. */
export function readDense(config: Config, input: Shape, weights: LayerWeights): Step {
  expectOneSide(config.who, input);
  const units = config.number(undefined, "units");
  const useBias = config.flag(true, "use_bias");
  const penalties = options(config, "kernel", {
    regularizer: "weightRegularizer",
    constraint: "weightConstraint",
  });
  const layer = new Dense({
    units,
    ...(!useBias && { useBias }),
    ...initializer(config, "kernel_initializer", "weightInitializer"),
    ...initializer(config, "bias_initializer", "biasInitializer"),
    ...penalties,
  });
  const weight = weights.next("kernel", [input[0], units]);
  const values = useBias ? { weight, bias: weights.row("bias", [units]) } : { weight };
  return { parts: [{ layer, values }], shape: [units] };
}

/** Rows of indices. */
export function readEmbedding(config: Config, input: Shape, weights: LayerWeights): Step {
  expectOneSide(config.who, input);
  const [inputDim, outputDim] = [
    config.number(undefined, "input_dim"),
    config.number(undefined, "output_dim"),
  ];
  config.ignore("input_length");
  const layer = new Embedding({
    inputDim,
    outputDim,
    ...initializer(config, "embeddings_initializer", "weightInitializer"),
    ...options(config, "embeddings", { regularizer: "weightRegularizer", constraint: "weightConstraint" }),
  });
  const weight = weights.next("embeddings", [inputDim, outputDim]);
  return { parts: [{ layer, values: { weight } }], shape: [input[0], outputDim] };
}

/** A slope for each number of a row, or one for all where `shared_axes` are all sides. */
export function readPReLU(config: Config, input: Shape, weights: LayerWeights): Step {
  const shared = config.integers("shared_axes") ?? [];
  const isShared = input.every((side, i) => side === 1 || shared.includes(i + 1));
  if (shared.length > 0 && !isShared) {
    fail(config.who, "`shared_axes` of all sides, or of none", `[${shared.join(", ")}]`);
  }
  const initial = classOf(config.any("alpha_initializer"));
  const value = own(initial?.config, "value");
  const initialSlope = typeof value === "number" && Number.isFinite(value) ? value : 0;
  const perUnit = shared.length === 0;
  const slope = weights.row("alpha", perUnit ? input : input.map(() => 1));
  const layer = new PReLU({ initialSlope, ...(perUnit && { perUnit }) });
  return { parts: [{ layer, values: { slope } }], shape: input };
}

/** The penalty that Keras hangs on a layer's outputs, as a layer behind it. */
export function readActivityRegularizer(config: Config): readonly FrozenPart[] {
  const value = config.any("activity_regularizer");
  if (value === undefined) return [];
  const found = classOf(value);
  const who = `${config.who} \`activity_regularizer\``;
  if (!/^l(1|2|1_?l2)$/i.test(found?.name ?? "")) return fail(who, "L1, L2 or L1L2", found?.name ?? "none");
  const inner = new Config(who, found?.config);
  const layer: Layer = new ActivityRegularization({ l1: inner.number(0, "l1"), l2: inner.number(0, "l2") });
  inner.expectNothingElse();
  return [{ layer }];
}

function options(config: Config, prefix: string, as: { regularizer: string; constraint: string }): object {
  const [penalty, constraint] = [`${prefix}_regularizer`, `${prefix}_constraint`];
  const regularizer = readRegularizer(config.who, penalty, config.any(penalty));
  const kept = readConstraint(config.who, constraint, config.any(constraint));
  return { ...(regularizer && { [as.regularizer]: regularizer }), ...(kept && { [as.constraint]: kept }) };
}
