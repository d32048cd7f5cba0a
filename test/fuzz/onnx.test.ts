import { ChainruleError, Matrix, Sequential } from "chainrule";
import { fromOnnx, toOnnx } from "chainrule/onnx";
import { expect, it } from "vitest";
import { loadMessages } from "../../src/onnx/messages.js";
import { modelOf, variants } from "../onnx/support/cases.js";
import { graphBytes, node } from "../onnx/support/graph.js";
import { bytesOf, cases } from "../onnx/support/pytorch.js";
import { Dice, mutateBytes } from "./mutate.js";

const { decode, encode } = await loadMessages("fuzz");

/** Files of PyTorch, and of toOnnx in float64: no WebAssembly memory for each of many models. */
const theirs = cases.filter((_, i) => i % 3 === 0).map(bytesOf);
const ours = await Promise.all(variants.map((one) => toOnnx(modelOf(one, "float64"))));
const corpus = [...theirs, ...ours];

const NAMES = ["", "input", "output", "__proto__", "constructor", "0.weight", "/0/Gemm_output_0", "\u0000"];
const OPERATORS = [
  ...[
    "Gemm",
    "MatMul",
    "Relu",
    "Clip",
    "Softmax",
    "BatchNormalization",
    "LayerNormalization",
    "Dropout",
    "Flatten",
  ],
  ...[
    "Reshape",
    "Squeeze",
    "Unsqueeze",
    "Transpose",
    "Cast",
    "Add",
    "Sum",
    "Mul",
    "Concat",
    "Mean",
    "Split",
    "Gather",
  ],
  ...["Shape", "Slice", "Where", "Pow", "Identity", "Constant", "PRelu", "If", "__proto__", "toString"],
];
const WHOLE = [0n, -1n, 1n, 2n, 4n, 9n, 2n ** 31n, 2n ** 53n, 2n ** 60n, -(2n ** 63n), 2n ** 63n - 1n];
const NUMBERS = [0, -0, 1, -1, 0.5, 1e-45, 3e38, Number.NaN, Number.POSITIVE_INFINITY];

/** A file that is right as a message, whose graph has something wrong. */
function mutateGraph(bytes: Uint8Array, dice: Dice): Uint8Array {
  const file = decode(bytes.slice()); // whose numbers are views
  const graph = file.graph as NonNullable<typeof file.graph>;
  for (let n = 1 + dice.below(3); n > 0; n--) {
    const one = dice.pick(graph.node);
    const tensor = graph.initializer[dice.below(graph.initializer.length)];
    const attribute = one?.attribute[dice.below(one.attribute.length)];
    const values = [
      ...NAMES,
      ...graph.node.flatMap(({ output }) => output),
      ...graph.initializer.map(({ name }) => name),
    ];
    const type = graph.input[0]?.type?.value;
    const sides = type?.case === "tensorType" ? (type.value.shape?.dim ?? []) : [];
    const changes: readonly (() => void)[] = [
      () => void graph.node.splice(dice.below(graph.node.length), 1),
      () => one && graph.node.splice(dice.below(graph.node.length), 0, one),
      () => one?.input.splice(dice.below(one.input.length + 1), dice.below(2), dice.pick(values)),
      () => one?.output.splice(dice.below(one.output.length + 1), dice.below(2), dice.pick(values)),
      () => one && Object.assign(one, { opType: dice.pick(OPERATORS) }),
      () => attribute && Object.assign(attribute, { i: dice.pick(WHOLE), ints: [dice.pick(WHOLE)] }),
      () => attribute && Object.assign(attribute, { f: dice.pick(NUMBERS), type: dice.below(15) }),
      () =>
        attribute && Object.assign(attribute, { name: dice.pick(["axis", "alpha", "perm", "__proto__"]) }),
      () => tensor?.dims.splice(dice.below(tensor.dims.length + 1), dice.below(2), dice.pick(WHOLE)),
      () => tensor && Object.assign(tensor, { dataType: dice.below(27) }),
      () => tensor && Object.assign(tensor, { name: dice.pick(values) }),
      () => tensor && Object.assign(tensor, { dims: [...tensor.dims].reverse() }),
      () => tensor?.rawData.set([dice.below(256)], dice.below(Math.max(1, tensor.rawData.length - 1))),
      () =>
        sides.length > 0 &&
        Object.assign(dice.pick(sides), { value: { case: "dimValue", value: dice.pick(WHOLE) } }),
      () => Object.assign(dice.pick(file.opsetImport), { version: BigInt(dice.below(27)) }),
      () => void graph.input.pop(),
      () => Object.assign(graph.output[0], { name: dice.pick(values) }),
      () => void graph.initializer.splice(dice.below(graph.initializer.length), 1),
    ];
    try {
      dice.pick(changes)();
    } catch (error) {
      if (!(error instanceof RangeError || error instanceof TypeError)) throw error; // nothing there to change
    }
    if (graph.output.length === 0 || file.opsetImport.length === 0) break;
  }
  return encode(file);
}

/** Whether a model was read, which then has to work. @throws anything but a ChainruleError */
async function isRead(bytes: Uint8Array): Promise<boolean> {
  let model: Sequential;
  try {
    model = await fromOnnx(bytes);
  } catch (error) {
    if (error instanceof ChainruleError) return false;
    throw error;
  }
  expect(model).toBeInstanceOf(Sequential);
  if (model.inputSize <= 64)
    expect(model.predict(Matrix.zeros(2, model.inputSize, model.context.dtype)).rows).toBe(2);
  return true;
}

it.each([
  ["bytes", mutateBytes, 4000],
  ["graphs", mutateGraph, 6000],
] as const)(
  "reads files with damaged %s whole, or refuses them",
  { timeout: 300_000 },
  async (_, mutate, files) => {
    let good = 0;
    for (let i = 0; i < files; i++) {
      const dice = new Dice(31, i);
      const bytes = mutate(dice.pick(corpus), dice);
      const what = `file ${i}`;
      if (await isRead(bytes).catch((error: Error) => Promise.reject(new Error(what, { cause: error }))))
        good++;
    }
    expect(good).toBeGreaterThan(files / 50);
    expect(good).toBeLessThan(files * 0.9);
    expect(Object.keys(Object.prototype)).toEqual([]);
  },
);

const names = (count: number) => Array.from({ length: count }, (_, i) => (i === 0 ? "x" : `v${i}`));

/** Graphs that ask for much time, or much memory. */
const greedy: readonly (readonly [string, () => Uint8Array, message: string])[] = [
  [
    "a million nodes",
    () => graphBytes({ nodes: names(1e6).map((x, i) => node("Relu", x, `v${i + 1}`)) }),
    "at most 20000 nodes",
  ],
  [
    "branches in branches in branches",
    () =>
      graphBytes({
        nodes: names(9000).map((x, i) => node("Add", `${x} x`, `v${i + 1}`)),
        outputs: ["v9000"],
      }),
    "branches at most",
  ],
  [
    "sizes that are put together of themselves",
    () => {
      const lists = Array.from({ length: 30 }, (_, i) =>
        node("Concat", `s${i} `.repeat(10).trim(), `s${i + 1}`, { axis: 0n }),
      );
      return graphBytes({ nodes: [node("Shape", "x", "s0"), ...lists, node("Reshape", "x s30", "y")] });
    },
    "a constant shape",
  ],
];

it.each(greedy)("refuses %s in time", { timeout: 120_000 }, async (_, make, message) => {
  await expect(fromOnnx(make())).rejects.toThrow(message);
});

it("reads as many nodes and branches as it takes", { timeout: 120_000 }, async () => {
  const chain = names(5000).map((x, i) => node("Relu", x, `v${i + 1}`));
  expect((await fromOnnx(graphBytes({ nodes: chain, outputs: ["v5000"] }))).layers.length).toBe(5000);
  const wide = Array.from({ length: 5000 }, (_, i) => node("Relu", "x", `w${i}`));
  const sum = node("Sum", wide.flatMap(({ output = [] }) => output).join(" "), "y");
  expect((await fromOnnx(graphBytes({ nodes: [...wide, sum] }))).layers.length).toBe(1);
});
