import { GELU, ReLU, Sigmoid, SiLU, Softplus } from "../layers/activations.js";
import { GLU, SwiGLU } from "../layers/gates.js";
import { HardSigmoid, HardSwish } from "../layers/hard-activations.js";
import { HardShrink, ReLU6, SoftShrink } from "../layers/rectifiers.js";
import { LogSigmoid, Mish, Softsign, Squareplus, TanhShrink } from "../layers/smooth-activations.js";
import { Softmin } from "../layers/softmax.js";
import { type Formula, gate, same, shrink, threshold, withNumber } from "./formula-layers.js";
import { embedding, withBias } from "./read-dense.js";
import { layerNorm, rmsNorm } from "./read-norms.js";

const MINUS_MEAN = "Sub(x, ReduceMean(x))";

/** Of two that fit, the longer one is taken. `x` is the input, other names are constants. */
export const formulas: readonly Formula[] = [
  {
    terms: [
      "Mul(Mul(x, Add(Erf(Div(x, 1.4142135623730951)), 1)), 0.5)",
      "Mul(Mul(x, 0.5), Add(Erf(Div(x, 1.4142135623730951)), 1))",
      "Mul(x, Mul(Add(Erf(Div(x, 1.4142135623730951)), 1), 0.5))",
      "Mul(Mul(x, Add(Erf(Mul(x, 0.7071067811865476)), 1)), 0.5)",
      "Mul(Mul(x, 0.5), Add(Erf(Mul(x, 0.7071067811865476)), 1))",
      "Mul(x, Mul(Add(Erf(Mul(x, 0.7071067811865476)), 1), 0.5))",
    ],
    read: same(() => new GELU()),
  },
  {
    terms: [
      "Mul(Mul(x, Add(Tanh(Mul(Add(x, Mul(Mul(x, Mul(x, x)), 0.044715)), 0.7978845608028654)), 1)), 0.5)",
      "Mul(Mul(x, 0.5), Add(Tanh(Mul(Add(x, Mul(Mul(x, Mul(x, x)), 0.044715)), 0.7978845608028654)), 1))",
      "Mul(Mul(x, Add(Tanh(Mul(Add(x, Mul(Pow(x, 3), 0.044715)), 0.7978845608028654)), 1)), 0.5)",
      "Mul(Mul(x, 0.5), Add(Tanh(Mul(Add(x, Mul(Pow(x, 3), 0.044715)), 0.7978845608028654)), 1))",
    ],
    read: same(() => new GELU({ approximate: "tanh" })),
  },
  { terms: ["Mul(x, Sigmoid(x))", "Div(x, Add(Exp(Neg(x)), 1))"], read: same(() => new SiLU()) },
  { terms: ["Mul(x, Tanh(Softplus(x)))"], read: same(() => new Mish()) },
  { terms: ["Max(x, 0)"], read: same(() => new ReLU()) },
  { terms: ["Min(Max(x, 0), 6)", "Max(Min(x, 6), 0)"], read: same(() => new ReLU6()) },
  {
    terms: ["Div(1, Add(Exp(Neg(x)), 1))", "Reciprocal(Add(Exp(Neg(x)), 1))"],
    read: same(() => new Sigmoid()),
  },
  {
    terms: ["Mul(x, HardSigmoid(x))", "Div(Mul(x, Clip(Add(x, 3))), 6)", "Mul(x, Div(Clip(Add(x, 3)), 6))"],
    read: same(() => new HardSwish()),
  },
  { terms: ["Div(Clip(Add(x, 3)), 6)"], read: same(() => new HardSigmoid()) },
  { terms: ["Log(Sigmoid(x))", "Neg(Softplus(Neg(x)))"], read: same(() => new LogSigmoid()) },
  { terms: ["Div(x, Add(Abs(x), 1))"], read: same(() => new Softsign()) },
  { terms: ["Sub(x, Tanh(x))"], read: same(() => new TanhShrink()) },
  { terms: ["Softmax(Neg(x))"], read: same(() => new Softmin()) },
  {
    terms: ["Div(Softplus(Mul(x, beta)), beta)"],
    read: withNumber("beta", (beta) => (beta > 0 ? new Softplus({ beta }) : undefined)),
  },
  {
    terms: ["Mul(Add(x, Sqrt(Add(Mul(x, x), b))), 0.5)", "Div(Add(x, Sqrt(Add(Mul(x, x), b))), 2)"],
    read: withNumber("b", (b) => (b > 0 ? new Squareplus({ b }) : undefined)),
  },
  {
    terms: ["Add(Where(Greater(x, high), Sub(x, high), 0), Where(Less(x, low), Add(x, high), 0))"],
    read: shrink((lambda) => new SoftShrink({ lambda })),
  },
  {
    terms: [
      "Where(Or(Cast(Greater(x, high)), Cast(Less(x, low))), x, 0)",
      "Where(Or(Greater(x, high), Less(x, low)), x, 0)",
    ],
    read: shrink((lambda) => new HardShrink({ lambda })),
  },
  {
    terms: ["Where(LessOrEqual(x, threshold), value, x)", "Where(Greater(x, threshold), x, value)"],
    read: threshold,
  },
  {
    terms: ["Mul(Split(x), Sigmoid(Split.1(x)))", "Div(Split(x), Add(Exp(Neg(Split.1(x))), 1))"],
    read: gate(() => new GLU()),
  },
  {
    terms: [
      "Mul(Mul(Split(x), Sigmoid(Split(x))), Split.1(x))",
      "Mul(Div(Split(x), Add(Exp(Neg(Split(x))), 1)), Split.1(x))",
    ],
    read: gate(() => new SwiGLU()),
  },
  { terms: ["Add(MatMul(x, weight), bias)"], read: withBias },
  { terms: ["Gather(table, x)", "Gather(table, Cast(x))"], read: embedding },
  {
    // Ours takes the mean twice, so that the second takes away what the first left by rounding.
    terms: [MINUS_MEAN, `Sub(${MINUS_MEAN}, ReduceMean(${MINUS_MEAN}))`].flatMap(layerNormTerms),
    read: layerNorm,
  },
  {
    terms: [
      "Mul(Div(x, Sqrt(Add(ReduceMean(Pow(x, 2)), epsilon))), weight)",
      "Mul(Div(x, Sqrt(Add(ReduceMean(Mul(x, x)), epsilon))), weight)",
      "Mul(Mul(x, Reciprocal(Sqrt(Add(ReduceMean(Pow(x, 2)), epsilon)))), weight)",
      "Mul(Mul(x, Div(1, Sqrt(Add(ReduceMean(Pow(x, 2)), epsilon)))), weight)",
      "Div(x, Sqrt(Add(ReduceMean(Pow(x, 2)), epsilon)))",
      "Div(x, Sqrt(Add(ReduceMean(Mul(x, x)), epsilon)))",
      "Mul(x, Reciprocal(Sqrt(Add(ReduceMean(Pow(x, 2)), epsilon))))",
    ],
    read: rmsNorm,
  },
];

/** (x − mean) / √(variance + ε), with and without γ and β. */
function layerNormTerms(centered: string): readonly string[] {
  const squares = [`Pow(${centered}, 2)`, `Mul(${centered}, ${centered})`];
  return squares.flatMap((square) => {
    const plain = `Div(${centered}, Sqrt(Add(ReduceMean(${square}), epsilon)))`;
    return [`Add(Mul(${plain}, weight), bias)`, `Mul(${plain}, weight)`, plain];
  });
}
