import {
  BatchNorm,
  CELU,
  Dense,
  type DType,
  ELU,
  Embedding,
  Flatten,
  GELU,
  GLU,
  HardShrink,
  HardTanh,
  type Layer,
  LayerNorm,
  LeakyReLU,
  Matrix,
  Parallel,
  PReLU,
  ReLU,
  Reshape,
  Residual,
  RMSNorm,
  Sequential,
  type Shape,
  Sigmoid,
  Softmax,
  Softplus,
  SoftShrink,
  Squareplus,
  sizeOf,
  Tanh,
  Threshold,
} from "chainrule";
import { exampleOf, make } from "../../support/layer-laws.js";
import { awayFromZero } from "../../support/numbers.js";
import { layerClasses } from "../../support/subjects.js";

/** A model to be written, and what its inputs are. */
export interface Case {
  readonly name: string;
  readonly input: Shape;
  /** Inputs are whole numbers below this. Default: any numbers. */
  readonly indices?: number | undefined;
  readonly layers: () => Layer[];
}

const one = (name: string, layers: () => Layer[], input: Shape = [6], indices?: number): Case => ({
  ...{ name, input, layers, indices },
});

/** Every layer of the catalogue as its class's example makes it, but for those that are the user's functions. */
export const examples: readonly Case[] = layerClasses
  .filter(({ traits }) => traits?.notSerializable === undefined)
  .map((Class) => {
    const { input, indices } = exampleOf(Class);
    return one(Class.type, () => [make(Class)], input, indices);
  });

const branches = () => [
  [new Tanh(), new Dense({ units: 6 }), new Sigmoid()],
  [],
  [new Reshape({ shape: [2, 3] })],
  [new Tanh(), new Dense({ units: 6, useBias: false }), new Sigmoid()],
];

/** Options that change what is written, and models of many layers. */
export const variants: readonly Case[] = [
  one("Dense without b", () => [new Dense({ units: 3, useBias: false })]),
  one("ELU of alpha", () => [new ELU({ alpha: -0.5 })]),
  one("CELU of alpha", () => [new CELU({ alpha: 0.3 })]),
  one("LeakyReLU of a slope", () => [new LeakyReLU({ negativeSlope: -0.3 })]),
  one("PReLU of one slope", () => [new PReLU({ initialSlope: 2 })]),
  one("PReLU of a shape", () => [new PReLU({ perUnit: true })], [2, 3]),
  one("HardTanh of bounds", () => [new HardTanh({ min: -2, max: 0.5 })]),
  one("Threshold of 1", () => [new Threshold({ threshold: 1, value: -2 })]),
  one("Squareplus of b", () => [new Squareplus({ b: 1 })]),
  one("GELU by tanh", () => [new GELU({ approximate: "tanh" })]),
  one("Softplus of 3", () => [new Softplus({ beta: 3 })]),
  one("Softplus of 0.25", () => [new Softplus({ beta: 0.25 })]),
  one("SoftShrink of 0.1", () => [new SoftShrink({ lambda: 0.1 })]),
  one("HardShrink of 0.1", () => [new HardShrink({ lambda: 0.1 })]),
  one("BatchNorm without weights", () => [new BatchNorm({ affine: false, epsilon: 0.1 })]),
  one("BatchNorm of a shape", () => [new BatchNorm()], [2, 3]),
  one("LayerNorm of a shape", () => [new LayerNorm({ epsilon: 0.01 })], [2, 3]),
  one("LayerNorm without weights", () => [new LayerNorm({ affine: false })]),
  one("RMSNorm of epsilon", () => [new RMSNorm({ epsilon: 0.1, affine: false })]),
  one("Softmax of a shape", () => [new Softmax()], [2, 3]),
  one("GLU of a shape", () => [new GLU()], [3, 4]),
  one("Reshape to a shape", () => [new Reshape({ shape: [3, 2] })], [2, 3]),
  one("Reshape to a row", () => [new Reshape({ shape: [6] }), new ReLU()], [2, 3]),
  ...(["add", "average", "multiply", "maximum", "concatenate"] as const).map((merge) =>
    one(`Parallel, ${merge}`, () => [new Parallel({ branches: branches(), merge })]),
  ),
  one("Parallel of one branch", () => [new Parallel({ branches: [[new Tanh()]], merge: "add" })]),
  one(
    "Residual of a shape",
    () => [new Residual({ layers: [new Flatten(), new Dense({ units: 6 })] })],
    [2, 3],
  ),
  one("nothing at all", () => [new Residual({ layers: [] }), new Flatten()], [2, 3]),
  one(
    "embedded words",
    () => [
      new Embedding({ inputDim: 7, outputDim: 3 }),
      new Flatten(),
      new Dense({ units: 2 }),
      new Softmax(),
    ],
    [4],
    7,
  ),
  one("a deep model", () => [
    new Dense({ units: 8 }),
    new Sequential([new BatchNorm(), new ReLU(), new Sequential([new Dense({ units: 8 })])]),
    new Residual({
      layers: [
        new LayerNorm(),
        new Residual({ layers: [new Dense({ units: 8 }), new GELU()] }),
        new Parallel({ branches: [[new Residual({ layers: [new Tanh()] })], []], merge: "average" }),
      ],
    }),
    new Dense({ units: 3 }),
    new Softmax(),
  ]),
];

/** The model of a case, with weights of a seed; no weight has a value that could hide an error. */
export function modelOf({ layers, input }: Case, dtype: DType): Sequential {
  const model = new Sequential(layers(), { input, seed: 5, dtype });
  for (const [i, { value, name }] of model.parameters.entries()) {
    if (/bias|running|weight/.test(name) && value.rows === 1) {
      value.data.set(value.data.map((v, c) => v + 0.1 + ((c + i) % 5) / 8));
    }
  }
  return model;
}

/** Rows of random numbers, or of such indices. */
export function rowsFor({ input, indices }: Case, rows: number, dtype: DType) {
  const x = awayFromZero(rows, sizeOf(input), dtype);
  return indices === undefined ? x : x.map((n) => Math.floor(Math.abs(n) * 1e6) % indices);
}

const EXTREMES = [
  ...[-1000, -100, -88, -30, -18.5, -17, -10, -7, -5, -4, -3, -2, -1, -0.5, -1e-3, -1e-30, -0],
  ...[0, 1e-3, 0.5, 1, 2, 3, 4, 6, 10, 17, 20, 30, 88, 100, 1000],
];

/** Rows of numbers from −1000 to 1000, among them ±0, 3 and −3; each number stands in each column. */
export function extremesFor({ input, indices }: Case, dtype: DType): Matrix {
  const x = Matrix.zeros(96, sizeOf(input), dtype);
  if (indices !== undefined) return x.map((_, r, c) => (r + c) % indices);
  return x.map((_, r, c) => EXTREMES[(r + c * (1 + 5 * Math.floor(r / 32))) % EXTREMES.length]);
}
