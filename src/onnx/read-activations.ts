import { describe } from "../errors.js";
import { ELU, GELU, LeakyReLU, ReLU, Sigmoid, SiLU, Softplus, Tanh } from "../layers/activations.js";
import { HardSigmoid, HardSwish, HardTanh } from "../layers/hard-activations.js";
import type { Layer } from "../layers/layer.js";
import { LogSoftmax } from "../layers/log-softmax.js";
import { CELU, HardShrink, ReLU6, SELU, SoftShrink, Threshold } from "../layers/rectifiers.js";
import { Identity } from "../layers/reshape.js";
import { Exponential, Mish, Softsign } from "../layers/smooth-activations.js";
import { Softmax } from "../layers/softmax.js";
import { clipLimits, isOurHardSigmoid, isOverRows } from "./operator-options.js";
import { formatRow, type Place } from "./place.js";
import { isNear, type Node, REPLACE } from "./read-node.js";

/** An activation without parameters: the layer that does what the node does. */
type Activation = (node: Node, place: Place) => Layer;

export const activations: Readonly<Record<string, Activation>> = {
  Relu: () => new ReLU(),
  LeakyRelu: (node) => new LeakyReLU({ negativeSlope: node.number("alpha", 0.01) }),
  Elu: (node) => new ELU({ alpha: node.number("alpha", 1) }),
  Selu: selu,
  Celu: (node) => new CELU({ alpha: node.number("alpha", 1) }),
  Gelu: gelu,
  Sigmoid: () => new Sigmoid(),
  HardSigmoid: hardSigmoid,
  Tanh: () => new Tanh(),
  Softplus: () => new Softplus(),
  Softsign: () => new Softsign(),
  Softmax: overRows(() => new Softmax()),
  LogSoftmax: overRows(() => new LogSoftmax()),
  Exp: () => new Exponential(),
  Mish: () => new Mish(),
  HardSwish: () => new HardSwish(),
  Swish: swish,
  ThresholdedRelu: (node) => new Threshold({ threshold: node.number("alpha", 1), value: 0 }),
  Shrink: shrink,
  Clip: clip,
};

function selu(node: Node): Layer {
  const [alpha, gamma] = [node.number("alpha", OURS[0]), node.number("gamma", OURS[1])];
  if (isNear(alpha, OURS[0]) && isNear(gamma, OURS[1])) return new SELU();
  return node.fail(`alpha ${OURS[0]} and gamma ${OURS[1]}`, `${alpha} and ${gamma}`, REPLACE);
}
const OURS = [1.6732632423543772, 1.0507009873554805];

function hardSigmoid(node: Node): Layer {
  if (isOurHardSigmoid(node)) return new HardSigmoid();
  const got = `${node.number("alpha", 0.2)} and ${node.number("beta", 0.5)}`;
  return node.fail("alpha 1/6 and beta 0.5, as PyTorch writes", got, REPLACE);
}

function swish(node: Node): Layer {
  const alpha = node.number("alpha", 1);
  return alpha === 1 ? new SiLU() : node.fail("alpha 1", String(alpha), REPLACE);
}

/** y = x ∓ bias outside [−λ, λ], and 0 inside. */
function shrink(node: Node): Layer {
  const [lambda, bias] = [node.number("lambd", 0.5), node.number("bias", 0)];
  if (lambda >= 0 && bias === 0) return new HardShrink({ lambda });
  if (lambda >= 0 && bias === lambda) return new SoftShrink({ lambda });
  return node.fail("lambd from 0, and a bias of 0 or lambd", `${lambda} and ${bias}`, REPLACE);
}

function overRows(make: () => Layer): Activation {
  return (node, place) =>
    isOverRows(node, place)
      ? make()
      : node.fail("to work on whole rows", `a part of ${formatRow(place.row)}`, "Put a Flatten before it.");
}

/** Without a limit above it is a Threshold; without one below, the limit is what no finite number is below. */
function clip(node: Node, place: Place): Layer {
  const [min, max] = clipLimits(node, place);
  const largest = place.type === "float64" ? Number.MAX_VALUE : LARGEST_FLOAT32;
  const [hasMin, hasMax] = [min > -largest, max < largest];
  if (hasMin && hasMax && min >= max) node.fail("min below max", `${min} and ${max}`);
  if (min === 0 && max === 6) return new ReLU6();
  if (min === 0 && !hasMax) return new ReLU();
  if (!hasMin && !hasMax) return new Identity();
  return hasMax
    ? new HardTanh({ min: Math.max(min, -largest), max })
    : new Threshold({ threshold: min, value: min });
}
const LARGEST_FLOAT32 = 3.4028234663852886e38;

function gelu(node: Node): Layer {
  const approximate = node.text("approximate", "none");
  if (approximate === "none") return new GELU();
  if (approximate === "tanh") return new GELU({ approximate });
  return node.fail('"none" or "tanh"', describe(approximate));
}
