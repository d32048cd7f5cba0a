import type { Layer } from "../layers/layer.js";
import type { Parameter } from "../parameter.js";
import type { ExportTools, Expression } from "./export-function.js";
import { written } from "./export-number.js";

/** An expression of the number `v`, with the option's value or its default in it: as wide as the model's numbers. */
const map =
  (
    expression: (option: (name: string, otherwise: number) => string, tools: ExportTools) => string,
  ): Expression =>
  ({ options, context }, tools) => {
    const given = options as Readonly<Record<string, number | undefined>>;
    const width = context.dtype === "float32" ? Math.fround : Number;
    const option = (name: string, otherwise: number) => `(${written(width(given[name] ?? otherwise))})`;
    return `x.map((v) => ${expression(option, tools)})`;
  };

const same: Expression = () => "x";

/** The numbers of a parameter by the end of its name. */
function numbers(layer: Layer, name: string): ArrayLike<number> | undefined {
  return layer.parameters.find((one: Parameter) => one.name.split(".").at(-1) === name)?.value.data;
}

const dense: Expression = (layer, { constant, helper }) => {
  const { units } = layer.options as { units: number };
  const bias = numbers(layer, "bias") ?? new Array<number>(units).fill(0);
  return `${helper("dense")}(x, ${constant(numbers(layer, "weight") ?? [])}, ${constant(bias)})`;
};

/** x·scale + shift, each if there is one */
function affine(layer: Layer, inside: string, { constant }: ExportTools): string {
  const [weight, bias] = [numbers(layer, "weight"), numbers(layer, "bias")];
  if (weight === undefined) return inside;
  const shift = bias === undefined ? "" : ` + ${constant(bias)}[i]`;
  return `${inside}.map((v, i) => v * ${constant(weight)}[i]${shift})`;
}

const rowNorm =
  (isCentered: boolean, otherwise: (layer: Layer) => number): Expression =>
  (layer, tools) => {
    const { epsilon = otherwise(layer) } = layer.options as { epsilon?: number };
    return affine(layer, `${tools.helper("normalize")}(x, ${isCentered}, ${epsilon})`, tools);
  };

const batchNorm: Expression = (layer, tools) => {
  const { epsilon = 1e-5 } = layer.options as { epsilon?: number };
  const mean = Array.from(numbers(layer, "runningMean") ?? []);
  const inverse = Array.from(numbers(layer, "runningVariance") ?? [], (v) => 1 / Math.sqrt(v + epsilon));
  const inside = `x.map((v, i) => (v - ${tools.constant(mean)}[i]) * ${tools.constant(inverse)}[i])`;
  return affine(layer, inside, tools);
};

const embedding: Expression = (layer, { constant, helper }) => {
  const { inputDim } = layer.options as { inputDim: number };
  return `${helper("embed")}(x, ${constant(numbers(layer, "weight") ?? [])}, ${inputDim})`;
};

const prelu: Expression = (layer, { constant }) => {
  const slope = constant(numbers(layer, "slope") ?? []);
  return `x.map((v, i) => v <= 0 ? ${slope}[i % ${slope}.length] * v : v)`;
};

const gate =
  (f: (sigmoid: string) => string): Expression =>
  ({ inputShape }, { helper }) =>
    `${helper("gate")}(x, ${inputShape[inputShape.length - 1] / 2}, (a, b) => ${f(helper("sigmoid"))})`;

const gelu: Expression = ({ options }, { helper }) =>
  (options as { approximate?: string }).approximate === "tanh"
    ? `x.map((v) => v * ${helper("sigmoid")}(2 * Math.sqrt(2 / Math.PI) * (v + 0.044715 * v ** 3)))`
    : `x.map((v) => 0.5 * v * (1 + ${helper("erf")}(v / Math.SQRT2)))`;

const merged: Readonly<Record<string, string>> = {
  concatenate: "ys.flat()",
  add: "ys[0].map((_, i) => ys.reduce((s, y) => s + y[i], 0))",
  average: "ys[0].map((_, i) => ys.reduce((s, y) => s + y[i], 0) / ys.length)",
  multiply: "ys[0].map((_, i) => ys.reduce((s, y) => s * y[i], 1))",
  maximum: "ys[0].map((_, i) => Math.max(...ys.map((y) => y[i])))",
};
const parallel: Expression = ({ options }, { path }) => {
  const { branches, merge = "concatenate" } = options as { branches: Layer[][]; merge?: string };
  return `((ys) => ${merged[merge]})([${branches.map(path).join(", ")}])`;
};
const residual: Expression = ({ options }, { path }) =>
  `((y) => x.map((v, i) => v + y[i]))(${path((options as { layers: Layer[] }).layers)})`;

const selu = "1.0507009873554805 * (v <= 0 ? 1.6732632423543772 * Math.expm1(v) : v)";

/** Each layer as JavaScript, by its type. A function, which bundlers leave out where nobody calls it. */
export const expressions = (): Readonly<Record<string, Expression>> => ({
  ...{ Dense: dense, BatchNorm: batchNorm, Embedding: embedding, PReLU: prelu, GELU: gelu },
  ...{ Parallel: parallel, Residual: residual },
  LayerNorm: rowNorm(true, () => 1e-5),
  RMSNorm: rowNorm(false, ({ context }) => (context.dtype === "float32" ? 2 ** -23 : 2 ** -52)),
  // In inference these leave every number as it is.
  ...{ Dropout: same, AlphaDropout: same, GaussianDropout: same, GaussianNoise: same },
  ...{ Identity: same, Flatten: same, Reshape: same, ActivityRegularization: same },
  GLU: gate((sigmoid) => `a * ${sigmoid}(b)`),
  SwiGLU: gate((sigmoid) => `a * ${sigmoid}(a) * b`),
  Softmax: (_, { helper }) => `${helper("logSoftmax")}(x).map(Math.exp)`,
  Softmin: (_, { helper }) => `${helper("logSoftmax")}(x.map((v) => -v)).map(Math.exp)`,
  LogSoftmax: (_, { helper }) => `${helper("logSoftmax")}(x)`,
  ReLU: map(() => "Math.max(v, 0)"),
  ReLU6: map(() => "Math.min(Math.max(v, 0), 6)"),
  LeakyReLU: map((option) => `v <= 0 ? ${option("negativeSlope", 0.01)} * v : v`),
  ELU: map((option) => `v <= 0 ? ${option("alpha", 1)} * Math.expm1(v) : v`),
  CELU: map((option) => `v <= 0 ? ${option("alpha", 1)} * Math.expm1(v / ${option("alpha", 1)}) : v`),
  SELU: map(() => selu),
  SiLU: map((_, { helper }) => `v * ${helper("sigmoid")}(v)`),
  Sigmoid: map((_, { helper }) => `${helper("sigmoid")}(v)`),
  LogSigmoid: map((_, { helper }) => `-${helper("softplus")}(-v)`),
  HardSigmoid: map(() => "Math.min(Math.max(v + 3, 0), 6) / 6"),
  HardSwish: map(() => "v * Math.min(Math.max(v + 3, 0), 6) / 6"),
  HardTanh: map((option) => `Math.min(Math.max(v, ${option("min", -1)}), ${option("max", 1)})`),
  Tanh: map(() => "Math.tanh(v)"),
  TanhShrink: map(() => "v - Math.tanh(v)"),
  Softplus: map(
    (option, { helper }) => `${helper("softplus")}(${option("beta", 1)} * v) / ${option("beta", 1)}`,
  ),
  Softsign: map(() => "v / (1 + Math.abs(v))"),
  Mish: map((_, { helper }) => `v * Math.tanh(${helper("softplus")}(v))`),
  Exponential: map(() => "Math.exp(v)"),
  Squareplus: map((option) => {
    const root = `Math.sqrt(v * v + ${option("b", 4)})`;
    return `v < 0 ? ${option("b", 4)} / (2 * (${root} - v)) : (v + ${root}) / 2`;
  }),
  Threshold: map((option) => `v <= ${option("threshold", 0)} ? ${option("value", 0)} : v`),
  SoftShrink: map((option) => `Math.sign(v) * Math.max(Math.abs(v) - ${option("lambda", 0.5)}, 0)`),
  HardShrink: map((option) => `Math.abs(v) <= ${option("lambda", 0.5)} ? 0 : v`),
});
