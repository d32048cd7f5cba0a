import { describe, didYouMean, fail } from "../errors.js";
import { ELU, GELU, LeakyReLU, ReLU, Sigmoid, SiLU, Softplus, Tanh } from "../layers/activations.js";
import { HardSigmoid, HardSwish, HardTanh } from "../layers/hard-activations.js";
import type { Layer } from "../layers/layer.js";
import { LogSoftmax } from "../layers/log-softmax.js";
import { CELU, HardShrink, ReLU6, SELU, SoftShrink } from "../layers/rectifiers.js";
import { Identity } from "../layers/reshape.js";
import {
  Exponential,
  LogSigmoid,
  Mish,
  Softsign,
  Squareplus,
  TanhShrink,
} from "../layers/smooth-activations.js";
import { Softmax } from "../layers/softmax.js";
import type { Shape } from "../shape.js";
import { classOf } from "./config.js";
import { expectOneSide, type Reading } from "./reading.js";

/** By Keras's names, where all versions and TensorFlow.js agree. */
const everywhere: Readonly<Record<string, () => Layer>> = {
  linear: () => new Identity(),
  relu: () => new ReLU(),
  relu6: () => new ReLU6(),
  elu: () => new ELU(),
  selu: () => new SELU(),
  sigmoid: () => new Sigmoid(),
  tanh: () => new Tanh(),
  softmax: () => new Softmax(),
  log_softmax: () => new LogSoftmax(),
  softplus: () => new Softplus(),
  softsign: () => new Softsign(),
  swish: () => new SiLU(),
  silu: () => new SiLU(),
  gelu: () => new GELU(),
  gelu_new: () => new GELU({ approximate: "tanh" }),
  mish: () => new Mish(),
  exponential: () => new Exponential(),
};

/** What only Keras 3 has, or has as this library has it. */
const since3: Readonly<Record<string, () => Layer>> = {
  hard_sigmoid: () => new HardSigmoid(),
  leaky_relu: () => new LeakyReLU({ negativeSlope: 0.2 }),
  hard_silu: () => new HardSwish(),
  hard_swish: () => new HardSwish(),
  hard_tanh: () => new HardTanh(),
  log_sigmoid: () => new LogSigmoid(),
  celu: () => new CELU(),
  hard_shrink: () => new HardShrink(),
  soft_shrink: () => new SoftShrink(),
  tanh_shrink: () => new TanhShrink(),
  squareplus: () => new Squareplus(),
};

const alongTheLastSide = ["softmax", "log_softmax"];

/** Whether an option `activation` is left out, or says that there is none. */
export const isLinear = (activation: unknown): boolean =>
  activation === undefined || classOf(activation)?.name === "linear";

/**
 * The layer for what `activation` says: a name, or a layer of its own, which `readLayer` reads.
 * @throws ChainruleError for one that this library has not
 */
export function readActivation(
  who: string,
  activation: unknown,
  input: Shape,
  { keras }: Reading,
  readLayer: (json: unknown) => Layer,
): Layer {
  const found = classOf(activation);
  if (found === undefined) return fail(who, "`activation` to be a name", describe(activation));
  const name = found.name.replace(/[a-z](?=[A-Z])/g, "$&_").toLowerCase();
  const known = keras === 3 ? { ...everywhere, ...since3 } : everywhere;
  if (Object.hasOwn(known, name)) {
    if (alongTheLastSide.includes(name)) expectOneSide(who, input);
    return known[name]();
  }
  if (typeof activation === "object" && /^[A-Z]/.test(found.name)) return readLayer(activation);
  const advice =
    name === "hard_sigmoid"
      ? "That of Keras 2 and TensorFlow.js is 0.2·x + 0.5 between 0 and 1; HardSigmoid here is x/6 + 0.5, as in Keras 3."
      : didYouMean(name, Object.keys(known));
  return fail(who, "an `activation` that this library has", describe(found.name), advice);
}
