import { arithmetic } from "./arithmetic.js";
import type { OnnxGraph, OnnxValue, OnnxWriter } from "./onnx-graph.js";
import { geluOfDoubles } from "./write-gelu.js";

/** An option's value, or its default. */
export type Option = (name: string, otherwise: number) => number;
type Formulas = ReturnType<typeof arithmetic>;

/** y of x by formulas, in either dtype. */
const formula =
  (write: (x: OnnxValue, formulas: Formulas, option: Option, graph: OnnxGraph) => OnnxValue): OnnxWriter =>
  ({ options }, graph, x) => {
    const given = options as Readonly<Record<string, number | undefined>>;
    return write(x, arithmetic(graph), (name, otherwise) => given[name] ?? otherwise, graph);
  };

/** One operator of that name, whose attributes are float32; in float64, where runtimes lack it, formulas. */
const operator = (
  name: string,
  attributes: (option: Option) => Readonly<Record<string, number>>,
  wide: Parameters<typeof formula>[0],
): OnnxWriter =>
  formula((x, formulas, option, graph) =>
    graph.dtype === "float32"
      ? graph.node(name, [x], { attributes: attributes(option) })
      : wide(x, formulas, option, graph),
  );

const none = () => ({});
const alpha = (option: Option) => ({ alpha: option("alpha", 1) });

/** ln(1 + eˣ) = max(x, 0) + ln(1 + e⁻|ˣ|) */
const softplusOfDoubles = (x: OnnxValue, { add, relu, log, exp, neg, abs }: Formulas) =>
  add(relu(x), log(add(exp(neg(abs(x))), 1)));
const softplus = (x: OnnxValue, formulas: Formulas, { dtype }: OnnxGraph) =>
  dtype === "float32" ? formulas.softplus(x) : softplusOfDoubles(x, formulas);

/** α·(e^(x/β) − 1) where x is below 0, else 0 */
const below = (x: OnnxValue, a: number, b: number, { mul, sub, exp, div, min }: Formulas) =>
  mul(sub(exp(b === 1 ? min(x, 0) : div(min(x, 0), b)), 1), a);

const SELU = { gamma: 1.0507009873554805, alpha: 1.6732632423543772 };
const SQRT_2_OVER_PI = 0.7978845608028654;

const gelu: OnnxWriter = ({ options }, graph, x) => {
  const { add, mul, div, erf, tanh } = arithmetic(graph);
  const isTanh = (options as { approximate?: string }).approximate === "tanh";
  if (!isTanh && graph.dtype === "float64") return geluOfDoubles(x, graph);
  const share = isTanh
    ? tanh(mul(add(x, mul(mul(mul(x, x), x), 0.044715)), SQRT_2_OVER_PI))
    : erf(div(x, Math.SQRT2));
  return mul(mul(x, add(share, 1)), 0.5);
};

/** Layers that take number by number, by their type. */
export const activationWriters = (): Readonly<Record<string, OnnxWriter>> => ({
  GELU: gelu,
  ReLU: formula((x, { relu }) => relu(x)),
  ReLU6: formula((x, { clip }) => clip(x, 0, 6)),
  LeakyReLU: operator(
    "LeakyRelu",
    (option) => ({ alpha: option("negativeSlope", 0.01) }),
    (x, { where, isAtMost, mul }, option) => where(isAtMost(x, 0), mul(x, option("negativeSlope", 0.01)), x),
  ),
  ELU: operator("Elu", alpha, (x, formulas, option) =>
    formulas.add(formulas.relu(x), below(x, option("alpha", 1), 1, formulas)),
  ),
  CELU: operator("Celu", alpha, (x, formulas, option) =>
    formulas.add(formulas.relu(x), below(x, option("alpha", 1), option("alpha", 1), formulas)),
  ),
  SELU: operator(
    "Selu",
    () => SELU,
    (x, formulas) =>
      formulas.mul(formulas.add(formulas.relu(x), below(x, SELU.alpha, 1, formulas)), SELU.gamma),
  ),
  // Runtimes fuse x·σ(x), but not for float64.
  SiLU: formula((x, { mul, sigmoid, div, add, exp, neg }, _, { dtype }) =>
    dtype === "float32" ? mul(x, sigmoid(x)) : div(x, add(exp(neg(x)), 1)),
  ),
  Sigmoid: formula((x, { sigmoid }) => sigmoid(x)),
  Tanh: formula((x, { tanh }) => tanh(x)),
  TanhShrink: formula((x, { sub, tanh }) => sub(x, tanh(x))),
  Exponential: formula((x, { exp }) => exp(x)),
  LogSigmoid: formula((x, formulas, _, graph) => formulas.neg(softplus(formulas.neg(x), formulas, graph))),
  Mish: formula((x, formulas, _, graph) => formulas.mul(x, formulas.tanh(softplus(x, formulas, graph)))),
  // Of a negative number, so that β·x may overflow.
  Softplus: formula((x, formulas, option, graph) => {
    const beta = option("beta", 1);
    if (beta === 1) return softplus(x, formulas, graph);
    const { add, relu, div, neg, abs, mul } = formulas;
    return add(relu(x), div(softplus(neg(abs(mul(x, beta))), formulas, graph), beta));
  }),
  Softsign: operator("Softsign", none, (x, { div, add, abs }) => div(x, add(abs(x), 1))),
  HardSigmoid: operator(
    "HardSigmoid",
    () => ({ alpha: 1 / 6, beta: 0.5 }),
    (x, { div, clip, add }) => div(clip(add(x, 3), 0, 6), 6),
  ),
  HardSwish: operator("HardSwish", none, (x, { mul, div, clip, add }) =>
    mul(x, div(clip(add(x, 3), 0, 6), 6)),
  ),
  HardTanh: formula((x, { clip }, option) => clip(x, option("min", -1), option("max", 1))),
  // max(x, 0) + b / 2(√(x² + b) + |x|), in which nothing cancels
  Squareplus: formula((x, { add, relu, div, sqrt, mul, abs }, option, graph) => {
    const b = option("b", 4);
    return add(relu(x), div(graph.constant(b / 2), add(sqrt(add(mul(x, x), b)), abs(x))));
  }),
  Threshold: formula((x, { where, isAtMost }, option) =>
    where(isAtMost(x, option("threshold", 0)), option("value", 0), x),
  ),
  SoftShrink: operator(
    "Shrink",
    (option) => ({ lambd: option("lambda", 0.5), bias: option("lambda", 0.5) }),
    (x, { mul, sign, max, sub, abs }, option) => mul(sign(x), max(sub(abs(x), option("lambda", 0.5)), 0)),
  ),
  HardShrink: operator(
    "Shrink",
    (option) => ({ lambd: option("lambda", 0.5), bias: 0 }),
    (x, { where, isAtMost, abs }, option) => where(isAtMost(abs(x), option("lambda", 0.5)), 0, x),
  ),
});
