import { Matrix } from "chainrule";
import { fromOnnx } from "chainrule/onnx";
import { describe, expect, it } from "vitest";
import { floats, type GraphParts, graphBytes, integers, node, port } from "./support/graph.js";
import { runOnnx } from "./support/run.js";

const read = (parts: GraphParts) => fromOnnx(graphBytes(parts));
const weights = floats("w", [1, -2, 3, -4, 5, -6, 7, -8, 9, -10, 11, -12], [4, 3]);
const transposed = floats("w", [1, -2, 3, -4, 5, -6, 7, -8, 9, -10, 11, -12], [3, 4]);
const bias = floats("b", [1, 2, 3]);
const x = Matrix.from([
  [1, -2, 0.5, 3],
  [-0.25, 4, -1.5, 0],
]);

/** Graphs that PyTorch does not write, and what they are here. */
const readable: readonly (readonly [string, GraphParts, layers: string])[] = [
  ["Gemm", { nodes: [node("Gemm", "x w b", "y")], tensors: [weights, bias] }, "Dense({ units: 3 })"],
  [
    "Gemm with factors, and one bias for all",
    {
      nodes: [node("Gemm", "x w b", "y", { alpha: 0.5, beta: -2, transB: 1n })],
      tensors: [transposed, floats("b", [3], [1, 1])],
    },
    "Dense({ units: 3 })",
  ],
  [
    "Gemm without a bias",
    { nodes: [node("Gemm", "x w", "y")], tensors: [weights] },
    "Dense({ units: 3, useBias: false })",
  ],
  [
    "MatMul and Add in the other order",
    { nodes: [node("MatMul", "x w", "h"), node("Add", "b h", "y")], tensors: [weights, bias] },
    "Dense({ units: 3 })",
  ],
  [
    "weights that a node transposes",
    {
      nodes: [node("Transpose", "w", "t", { perm: [1n, 0n] }), node("MatMul", "x t", "y")],
      tensors: [transposed],
    },
    "Dense({ units: 3, useBias: false })",
  ],
  [
    "a limit above 0",
    { nodes: [node("Clip", "x min", "y")], tensors: [floats("min", [0.25], [])] },
    "Threshold({ threshold: 0.25, value: 0.25 })",
  ],
  ["a limit of 0", { nodes: [node("Clip", "x min", "y")], tensors: [floats("min", [0], [])] }, "ReLU()"],
  [
    "an upper limit",
    { nodes: [node("Clip", "x  max", "y")], tensors: [floats("max", [1], [])] },
    "HardTanh({ min: -3.4028234663852886e+38, max: 1 })",
  ],
  ["no limit", { nodes: [node("Clip", "x", "y")] }, "Identity()"],
  [
    "ThresholdedRelu",
    { nodes: [node("ThresholdedRelu", "x", "y", { alpha: 0.3 })] },
    "Threshold({ threshold: 0.3, value: 0 })",
  ],
  [
    "Shrink without a bias",
    { nodes: [node("Shrink", "x", "y", { lambd: 1.25 })] },
    "HardShrink({ lambda: 1.25 })",
  ],
  [
    "Shrink with a bias",
    { nodes: [node("Shrink", "x", "y", { lambd: 1.25, bias: 1.25 })] },
    "SoftShrink({ lambda: 1.25 })",
  ],
  ["Gelu", { opset: 20, nodes: [node("Gelu", "x", "y")] }, "GELU()"],
  ["Mish", { opset: 18, nodes: [node("Mish", "x", "y")] }, "Mish()"],
  [
    "LayerNormalization without β",
    {
      nodes: [node("LayerNormalization", "x s", "y", { axis: -1n, epsilon: 0.01 })],
      tensors: [floats("s", [1, 2, 3, 4])],
    },
    "LayerNorm({ epsilon: 0.01 })",
  ],
  [
    "means over axes that are an input",
    {
      opset: 18,
      nodes: [
        node("ReduceMean", "x axes", "mean"),
        node("Sub", "x mean", "c"),
        node("Mul", "c c", "squares"),
        node("ReduceMean", "squares axes", "variance"),
        node("Add", "e variance", "safe"),
        node("Sqrt", "safe", "root"),
        node("Div", "c root", "y"),
      ],
      tensors: [integers("axes", [1]), floats("e", [0.001], [])],
    },
    "LayerNorm({ epsilon: 0.001, affine: false })",
  ],
  [
    "Dropout of an old opset",
    { opset: 10, nodes: [node("Dropout", "x", "y", { ratio: 0.25 })] },
    "Dropout({ rate: 0.25 })",
  ],
  [
    "axes in name only",
    {
      nodes: [
        node("Unsqueeze", "x axes", "a"),
        node("Transpose", "a", "t", { perm: [0n, 2n, 1n] }),
        node("Cast", "t", "c", { to: 1n }),
        node("Squeeze", "c last", "y"),
      ],
      tensors: [integers("axes", [1]), integers("last", [-1])],
    },
    "Reshape({ shape: [1, 4] }) Reshape({ shape: [4, 1] }) Flatten()",
  ],
  [
    "the mean of branches",
    { nodes: [node("Tanh", "x", "a"), node("Mean", "a x x", "y")] },
    'Parallel({ branches: [[Tanh()], [], []], merge: "average" })',
  ],
  ["twice x", { nodes: [node("Add", "x x", "y")] }, "Residual({ layers: [] })"],
  ["nodes that nothing needs", { nodes: [node("Conv", "x", "nothing"), node("Relu", "x", "y")] }, "ReLU()"],
  ["the input itself", { nodes: [node("Identity", "x", "y")] }, "Identity()"],
  [
    "names of Object's own",
    {
      nodes: [node("Relu", "x", "__proto__"), node("Tanh", "__proto__", "constructor")],
      outputs: ["constructor"],
    },
    "ReLU() Tanh()",
  ],
];

describe("a graph", () => {
  it.each(readable)("of %s computes what ONNX Runtime does", async (_, parts, layers) => {
    const model = await read(parts);
    expect(model.layers.join(" ")).toBe(layers);
    const names = parts.nodes.some(({ opType }) => opType === "Conv"); // which ONNX Runtime would want whole
    if (names) return;
    const there = await runOnnx(graphBytes(parts), x);
    expect(model.predict(x).isClose(there, { rtol: 1e-5, atol: 1e-6 })).toBe(true);
  });

  it("of halves is read in float32", async () => {
    const w = { name: "w", dims: [4n, 1n], rawData: Uint8Array.of(0, 0x3c, 0, 0xc0, 0, 0x38, 1, 0) };
    const half = { ...w, dataType: 10 };
    const brain = {
      ...w,
      dataType: 16,
      rawData: new Uint8Array(),
      int32Data: [0x3f80, 0xc000, 0x3f00, 0x7f80],
    };
    const parts = (elemType: number, tensor: typeof half) => ({
      ...{ nodes: [node("MatMul", "x w", "y")], tensors: [tensor], inputs: [port("x", [4], elemType)] },
    });
    expect([...(await read(parts(10, half))).getWeights()["0.weight"].data]).toEqual([1, -2, 0.5, 2 ** -24]);
    expect([...(await read(parts(16, brain))).getWeights()["0.weight"].data]).toEqual([
      1,
      -2,
      0.5,
      Number.POSITIVE_INFINITY,
    ]);
  });

  it("of a fixed number of rows takes any", async () => {
    const tensors = [integers("sides", [2, 2, 2]), integers("flat", [2, 4])];
    const nodes = [node("Reshape", "x sides", "r"), node("Reshape", "r flat", "y")];
    const model = await read({ nodes, tensors, inputs: [port("x", [4], 1, 2)] });
    expect(model.predict(Matrix.zeros(5, 4)).rows).toBe(5);
  });

  it("takes whole numbers for an embedding, one a row too", async () => {
    const table = floats("t", [1, 2, 3, 4, 5, 6], [3, 2]);
    const model = await read({
      nodes: [node("Gather", "t x", "y")],
      tensors: [table],
      inputs: [port("x", [], 7)],
    });
    expect(model.predict(Matrix.from([[2], [0]])).toArray()).toEqual([
      [5, 6],
      [1, 2],
    ]);
  });

  it("without β leaves it at 0", async () => {
    const nodes = [node("LayerNormalization", "x s", "y")];
    const model = await read({ nodes, tensors: [floats("s", [1, 2, 3, 4])] });
    expect(model.parameters.map(({ name, trainable }) => [name, trainable])).toEqual([
      ["0.weight", true],
      ["0.bias", false],
    ]);
  });
});

/** What cannot be read, and what is said of it. */
const refused: readonly (readonly [string, GraphParts, message: string])[] = [
  [
    "an operator without a layer",
    { nodes: [node("Conv", "x w", "y")], tensors: [weights] },
    'node "Conv of y" (Conv), expects an operator that chainrule has a layer for, but got Conv. Export',
  ],
  ["a misspelt operator", { nodes: [node("Relus", "x", "y")] }, 'Did you mean "Relu"?'],
  [
    "an operator of others",
    { nodes: [{ ...node("Relu", "x", "y"), domain: "com.microsoft" }] },
    "(com.microsoft.Relu), expects an operator",
  ],
  [
    "an attribute that is not known",
    { nodes: [node("Relu", "x", "y", { slope: 1 })] },
    'attributes that chainrule knows, but got "slope"',
  ],
  [
    "an attribute of another type",
    { nodes: [node("Elu", "x", "y", { alpha: 1n })] },
    '"alpha" of attribute type 1, but got 2',
  ],
  [
    "HardSigmoid as ONNX has it",
    { nodes: [node("HardSigmoid", "x", "y")] },
    "alpha 1/6 and beta 0.5, as PyTorch writes, but got 0.2 and 0.5",
  ],
  ["another SELU", { nodes: [node("Selu", "x", "y", { alpha: 1.5 })] }, "expects alpha 1.673"],
  ["another Shrink", { nodes: [node("Shrink", "x", "y", { bias: 0.1 })] }, "a bias of 0 or lambd"],
  [
    "limits in the wrong order",
    { opset: 10, nodes: [node("Clip", "x", "y", { min: 2, max: 1 })] },
    "min below max, but got 2 and 1",
  ],
  ["softmax over the rows", { nodes: [node("Softmax", "x", "y", { axis: 0n })] }, "to work on whole rows"],
  [
    "softmax of a part",
    { nodes: [node("Softmax", "x", "y")], inputs: [port("x", [2, 4])] },
    "a part of [2 × 4]",
  ],
  [
    "a layer for each place",
    { nodes: [node("MatMul", "x w", "y")], tensors: [weights], inputs: [port("x", [2, 4])] },
    "rows of one axis, but got [2 × 4]. Put a Flatten",
  ],
  [
    "weights that do not fit",
    { nodes: [node("Gemm", "x w", "y")], tensors: [transposed] },
    "weights for rows of 4, but got [3 × 4]",
  ],
  [
    "a bias that does not fit",
    { nodes: [node("Gemm", "x w b", "y")], tensors: [weights, floats("b", [1, 2])] },
    "a bias for 3 units",
  ],
  ["weights as inputs of the model", { nodes: [node("MatMul", "x x", "y")] }, "weights that are constants"],
  [
    "a transposed input",
    { nodes: [node("Gemm", "x w", "y", { transA: 1n })], tensors: [weights] },
    "rows as inputs, but got transA",
  ],
  [
    "the constant first",
    { nodes: [node("MatMul", "w x", "y")], tensors: [transposed] },
    "its first input to depend on the model's",
  ],
  [
    "something added",
    { nodes: [node("Add", "x b", "y")], tensors: [floats("b", [1, 2, 3, 4])] },
    "(Add), expects an operator",
  ],
  [
    "statistics of the batch",
    {
      nodes: [node("BatchNormalization", "x s s s s", "y", { training_mode: 1n })],
      tensors: [floats("s", [1, 1, 1, 1])],
    },
    "its form for training. Export the model after model.eval()",
  ],
  [
    "statistics of channels",
    {
      nodes: [node("BatchNormalization", "x s s s s", "y")],
      tensors: [floats("s", [1, 1])],
      inputs: [port("x", [2, 2])],
    },
    "rows of one axis, but got [2 × 2]",
  ],
  [
    "a norm of a part",
    {
      nodes: [node("LayerNormalization", "x s", "y")],
      tensors: [floats("s", [1, 1])],
      inputs: [port("x", [2, 2])],
    },
    "to normalize whole rows",
  ],
  [
    "batches that become rows",
    { nodes: [node("Reshape", "x s", "y")], tensors: [integers("s", [-1, 2])] },
    "rows of 4 numbers, but got [-1 × 2]",
  ],
  [
    "a batch that is flattened",
    { nodes: [node("Flatten", "x", "y", { axis: 0n })] },
    "The first axis is the batch",
  ],
  ["a squeeze that says nothing", { nodes: [node("Squeeze", "x", "y")] }, "Say which axes go"],
  [
    "sides in another order",
    { nodes: [node("Transpose", "x", "y", { perm: [0n, 2n, 1n] })], inputs: [port("x", [2, 2])] },
    "axes that stay in their order",
  ],
  [
    "another type on the way",
    { nodes: [node("Cast", "x", "y", { to: 11n })] },
    "a cast to float32, but got type 11",
  ],
  [
    "weights of another type",
    {
      nodes: [node("MatMul", "x w", "y")],
      tensors: [{ ...weights, dataType: 11, floatData: [], doubleData: weights.floatData ?? [] }],
    },
    "floats, float32 as its input, but got float64",
  ],
  [
    "branches that share a node",
    {
      nodes: [
        node("Tanh", "x", "t"),
        node("Relu", "t", "a"),
        node("Add", "t a", "h"),
        node("Mul", "h a", "y"),
      ],
    },
    "a formula, or branches, that chainrule has a layer for, but got",
  ],
  [
    "branches of different rows",
    { nodes: [node("MatMul", "x w", "h"), node("Add", "x h", "y")], tensors: [weights] },
    "branches with rows of one shape, but got [4], [3]",
  ],
  [
    "rows one below the other",
    { nodes: [node("Concat", "x x", "y", { axis: 0n })] },
    "side by side, along axis 1",
  ],
  [
    "an output of nothing",
    { nodes: [node("Relu", "x", "z")] },
    'an output that is made of the input, but got "y"',
  ],
  [
    "a loop",
    { nodes: [node("Add", "x y", "h"), node("Relu", "h", "y")] },
    'values that nodes before it made, but got "y"',
  ],
  [
    "an input that is missing",
    { nodes: [node("Relu", "q", "y")] },
    'but got "q". Is the graph sorted, and whole?',
  ],
  [
    "a name twice",
    { nodes: [node("Relu", "x", "y"), node("Tanh", "x", "y")] },
    'each value to be made once, but got "y" twice',
  ],
  [
    "an initializer twice",
    { nodes: [node("Relu", "x", "y")], tensors: [bias, bias] },
    'each initializer once, but got "b" twice',
  ],
  [
    "two inputs",
    { nodes: [node("Add", "x z", "y")], inputs: [port("x", [4]), port("z", [4])] },
    'one input, but got "x", "z"',
  ],
  [
    "two outputs",
    { nodes: [node("Relu", "x", "y"), node("Relu", "x", "z")], outputs: ["y", "z"] },
    'one output, but got "y", "z"',
  ],
  [
    "rows of any length",
    { nodes: [node("Relu", "x", "y")], inputs: [port("x", ["width"])] },
    "rows of a fixed shape, but got an axis of any length",
  ],
  [
    "texts as input",
    { nodes: [node("Relu", "x", "y")], inputs: [port("x", [4], 8)] },
    "floats or whole numbers, but got type 8",
  ],
  [
    "an opset that is too old",
    { opset: 6, nodes: [node("Relu", "x", "y")] },
    "an opset from 7 to 25, but got 6",
  ],
  [
    "an opset of the future",
    { opset: 99, nodes: [node("Relu", "x", "y")] },
    "but got 99. Export it with opset_version=17",
  ],
  [
    "more numbers than there are",
    { nodes: [node("PRelu", "x w", "y")], tensors: [{ ...weights, dims: [2n ** 60n] }] },
    "1152921504606846976 numbers",
  ],
  [
    "numbers elsewhere",
    { nodes: [node("PRelu", "x w", "y")], tensors: [{ ...weights, dataLocation: 1 }] },
    "external data. Save the model as one file",
  ],
  [
    "numbers that are texts",
    { nodes: [node("PRelu", "x w", "y")], tensors: [{ ...weights, dataType: 8 }] },
    "but got type 8",
  ],
  [
    "constants that are computed",
    { nodes: [node("Exp", "w", "v"), node("MatMul", "x v", "y")], tensors: [weights] },
    "a constant that is folded, but got Exp. Export the model with do_constant_folding=True",
  ],
];

describe("fromOnnx refuses", () => {
  it.each(refused)("%s", async (_, parts, message) => {
    const error = await read(parts).catch((one: Error) => one);
    expect(error).toMatchObject({ name: "ChainruleError", message: expect.stringContaining(message) });
  });

  it("what is no ONNX file", async () => {
    await expect(fromOnnx("model.onnx" as never)).rejects.toThrow(
      'the bytes of an ONNX file, but got "model.onnx"',
    );
    await expect(fromOnnx(Uint8Array.of(1, 2, 3))).rejects.toThrow(
      "fromOnnx expects the bytes of an ONNX file",
    );
    await expect(fromOnnx(new Uint8Array())).rejects.toThrow("a model with a graph, but got none");
    await expect(fromOnnx(graphBytes({ nodes: [] }), { sead: 1 } as never)).rejects.toThrow(
      'Did you mean "seed"?',
    );
  });
});
