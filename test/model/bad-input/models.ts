import {
  Adam,
  checkGradients,
  Dense,
  type Layer,
  Matrix,
  meanSquaredError,
  modelFromJSON,
  Reshape,
  Sequential,
} from "chainrule";
import { type Case, wrong } from "./case.js";

const dense = (units = 4) => new Dense({ units });
const adam = () => ({ loss: meanSquaredError(), optimizer: new Adam() });

const structure: readonly Case[] = [
  {
    what: "no layers",
    call: () => new Sequential([]),
    says: /^Sequential expects at least one layer, but got none\./,
  },
  {
    what: "one layer instead of a list",
    call: () => new Sequential(wrong(dense())),
    says: /^Sequential expects a list of layers, but got a Dense\. Write new Sequential\(\[…\]\)\./,
  },
  {
    what: "a class instead of a layer",
    call: () => new Sequential([dense(), wrong(Dense)]),
    says: /^Sequential expects a list of layers, but got the function Dense in place 1\. Make one: new Dense/,
  },
  {
    what: "a hole in the list of layers",
    call: () => new Sequential([dense(), wrong(undefined)]),
    says: /^Sequential expects a list of layers, but got undefined in place 1\./,
  },
  {
    what: "a shape instead of options",
    call: () => new Sequential([dense()], wrong([4])),
    says: /^Sequential expects an options object after the layers, but got an array of 1\. Write \{ input/,
  },
  {
    what: "a misspelt option",
    call: () => new Sequential([dense()], wrong({ inputs: [4] })),
    says: /^Sequential expects only the options .*, but got "inputs"\. Did you mean "input"\?$/,
  },
  {
    what: "a fractional input",
    call: () => new Sequential([dense()], { input: [784.5] }),
    says: /^Sequential expects `input` to be a shape such as \[784\]/,
  },
  {
    what: "a negative seed",
    call: () => new Sequential([dense()], { seed: -1 }),
    says: /^Sequential expects `seed` to be a whole number of at least 0, but got -1\./,
  },
  {
    what: "an unknown dtype",
    call: () => new Sequential([dense()], { dtype: wrong("float16") }),
    says: /^Sequential expects `dtype` to be one of "float32", "float64", but got "float16"\./,
  },
  {
    what: "layers that do not fit on each other",
    call: () => new Sequential([dense(6), new Reshape({ shape: [2, 2] })], { input: [4] }),
    says: /^Reshape\(\[2 × 2\]\) expects rows of 4 numbers, but got \[6\]\./,
  },
  {
    what: "more units than memory holds",
    call: () => new Sequential([dense(2 ** 50)], { input: [4] }),
    says: /^A matrix expects fewer numbers than memory can hold, but got 4503599627370496\./,
  },
  {
    what: "the same layer twice",
    call: () => {
      const layer = dense();
      return new Sequential([layer, layer]);
    },
    says: /^Sequential expects each layer once, but got Dense\(4\) twice\. A layer remembers its input/,
  },
  {
    what: "the same layer inside and outside of a nested model",
    call: () => {
      const layer = dense();
      return new Sequential([layer, new Sequential([layer])]);
    },
    says: /^Sequential expects each layer once, but got Dense\(4\) twice\./,
  },
  {
    what: "the same nested model twice",
    call: () => {
      const inner = new Sequential([dense()], { input: [4] });
      return new Sequential([inner, inner]);
    },
    says: /^Sequential expects each layer once, but got Dense\(4\) twice\./,
  },
  {
    what: "a layer of another model",
    call: ({ model }) => new Sequential([model.layers[3]], { input: [8] }),
    says: /^Dense\(3\) expects to be in one model, but got a second one\. Make a new layer, or nest the model/,
  },
  {
    what: "a layer of another model, in a nested one",
    call: ({ model }) => new Sequential([dense(), new Sequential([model.layers[3] as Layer])]),
    says: /^Dense\(3\) expects to be in one model, but got a second one\./,
  },
  {
    what: "a nested model in two models",
    call: () => {
      const inner = new Sequential([dense()], { input: [4] });
      new Sequential([inner], { input: [4] });
      return new Sequential([inner], { input: [4] });
    },
    says: /^Sequential expects to be in one model, but got a second one\./,
  },
  {
    what: "a nested model of another dtype",
    call: () => new Sequential([new Sequential([dense()], { dtype: "float64" })], { input: [4] }),
    says: /^Sequential expects nested models of float32, as the outer one, but got float64\. Leave out its dtype/,
  },
  {
    what: "a nested model with weights for other rows",
    call: ({ model }) => new Sequential([dense(5), model], { input: [4] }),
    says: /^A nested model with weights expects rows \[4\], as before, but got \[5\]\. Check the layer before it/,
  },
  {
    what: "a layer after a nested model with weights that does not fit",
    call: ({ model }) => new Sequential([model, new Reshape({ shape: [2, 2] })], { input: [4] }),
    says: /^Reshape\(\[2 × 2\]\) expects rows of 4 numbers, but got \[3\]\./,
  },
  {
    what: "nesting a model while it is being trained",
    call: ({ model }) => new Sequential([model], { input: [4] }),
    meanwhile: ({ model, x, y }) => model.fit({ x, y }),
    says: /^Sequential expects to be nested while nothing trains it, but got a running fit\. Await it first\./,
  },
  {
    what: "training a nested model",
    call: ({ x, y }) => {
      const inner = new Sequential([dense()], { input: [4] });
      new Sequential([inner, dense(1)], { input: [4] });
      inner.compile(adam());
      return inner.fit({ x, y });
    },
    says: /^Sequential expects to be a built model of its own for training, but got a nested one\. Use the model/,
  },
];

const reading: readonly Case[] = [
  {
    what: "the weights of a model that has none yet",
    call: () => new Sequential([dense()]).getWeights(),
    says: /^getWeights expects a built model, but got one without weights yet\. Give the model `input`/,
  },
  {
    what: "weights that are no object",
    call: ({ model }) => model.setWeights(wrong(null)),
    says: /^setWeights expects matrices by name, but got null\./,
  },
  {
    what: "a weight that is missing",
    call: ({ model }) => {
      const { "3.bias": _, ...rest } = model.getWeights();
      model.setWeights({ ...rest, "0.weight": Matrix.zeros(4, 8) });
    },
    says: /^setWeights expects a Matrix for "3.bias", but got undefined\./,
  },
  {
    what: "a weight too many",
    call: ({ model }) => model.setWeights({ ...model.getWeights(), "0.wieght": Matrix.zeros(4, 8) }),
    says: /^setWeights expects weights that the model has, but got "0.wieght"\. Did you mean "0.weight"\?$/,
  },
  {
    what: "a weight of another size",
    call: ({ model }) =>
      model.setWeights({ ...model.getWeights(), "0.bias": Matrix.zeros(1, 8), "3.bias": Matrix.zeros(1, 2) }),
    says: /^setWeights expects float32 \[1 × 3\] for "3.bias", but got float32 \[1 × 2\]\./,
  },
  {
    what: "a weight of another dtype",
    call: ({ model }) => model.setWeights({ ...model.getWeights(), "3.bias": Matrix.zeros(1, 3, "float64") }),
    says: /^setWeights expects float32 \[1 × 3\] for "3.bias", but got float64 \[1 × 3\]\./,
  },
  {
    what: "weights as plain arrays",
    call: ({ model }) => model.setWeights({ ...model.getWeights(), "3.bias": wrong([0, 0, 0]) }),
    says: /^setWeights expects a Matrix for "3.bias", but got an array of 3\./,
  },
  {
    what: "JSON of a layer with a bare function",
    call: () => new Sequential([new Dense({ units: 2, weightInitializer: () => {} })]).toJSON(),
    says: /^Dense\(2\).toJSON expects `weightInitializer` to be made by a named factory, but got a bare function/,
  },
];

const json = (layers: unknown) => modelFromJSON({ type: "Sequential", options: { layers } });
const nested = (depth: number): unknown =>
  depth === 0
    ? { type: "ReLU", options: {} }
    : { type: "Sequential", options: { layers: [nested(depth - 1)] } };

const files: readonly Case[] = [
  {
    what: "a text that was not parsed",
    call: () => modelFromJSON('{"type":"Sequential"}'),
    says: /^modelFromJSON expects an object \{ type, options \}, but got "\{/,
  },
  {
    what: "null as a model",
    call: () => modelFromJSON(null),
    says: /^modelFromJSON expects an object \{ type, options \}, but got null\./,
  },
  {
    what: "a layer as a model",
    call: () => modelFromJSON(dense().toJSON()),
    says: /^modelFromJSON expects a model, \{ "type": "Sequential", … \}, but got a Dense\./,
  },
  {
    what: "options that are a list",
    call: () => modelFromJSON({ type: "Sequential", options: [] }),
    says: /^modelFromJSON expects `options` of Sequential to be an object, but got an array of 0\./,
  },
  {
    what: "layers that are no list",
    call: () => json({ 0: dense().toJSON() }),
    says: /^modelFromJSON expects `layers` of a Sequential to be an array, but got an object \{0\}\./,
  },
  {
    what: "a layer that nobody knows",
    call: () => json([{ type: "Dnse", options: { units: 1 } }]),
    says: /^modelFromJSON expects known layers, but got "Dnse"\. Did you mean "Dense"\?$/,
  },
  {
    what: "a layer with an option of the wrong type",
    call: () => json([{ type: "Dense", options: { units: [3] } }]),
    says: /^Dense expects `units` to be a whole number of at least 1, but got an array of 1\./,
  },
  {
    what: "a layer called __proto__",
    call: () => json([{ type: "__proto__", options: {} }]),
    says: /^modelFromJSON expects known layers, but got "__proto__"\./,
  },
  {
    what: "an option called __proto__",
    call: () => json([JSON.parse('{"type":"Dense","options":{"units":2,"__proto__":{"rate":1}}}')]),
    says: /^Dense expects only the options .*, but got "__proto__"\./,
  },
  {
    what: "an option of a model called __proto__",
    call: () => modelFromJSON(JSON.parse('{"type":"Sequential","options":{"layers":[],"__proto__":{}}}')),
    says: /^Sequential expects only the options .*, but got "__proto__"\./,
  },
  {
    what: "an initializer called constructor",
    call: () =>
      json([
        { type: "Dense", options: { units: 2, weightInitializer: { type: "constructor", options: {} } } },
      ]),
    says: /^modelFromJSON expects known initializers, regularizers and constraints, but got "constructor"\./,
  },
  {
    what: "an initializer without options",
    call: () => json([{ type: "Dense", options: { units: 2, weightInitializer: { type: "zeros" } } }]),
    says: /^modelFromJSON expects `options` of zeros to be an object, but got undefined\./,
  },
  {
    what: "an initializer with an option that it does not take",
    call: () => {
      const weightInitializer = { type: "zeros", options: { value: 1 } };
      return json([{ type: "Dense", options: { units: 2, weightInitializer } }]);
    },
    says: /^zeros expects no options, but got "value"\./,
  },
  {
    what: "models nested a thousand deep",
    call: () => modelFromJSON(nested(1000)),
    says: /^modelFromJSON expects models nested at most 64 deep, but got more\./,
  },
  {
    what: "layers' names instead of classes",
    call: () => modelFromJSON(nested(1), { layers: wrong(["MyLayer"]) }),
    says: /^modelFromJSON expects `layers` to be a list of layers' classes, but got an array of 1\./,
  },
  {
    what: "an unknown option of reading",
    call: () => modelFromJSON(nested(1), wrong({ layer: [] })),
    says: /^modelFromJSON expects only the options layers, but got "layer"\. Did you mean "layers"\?$/,
  },
];

const proofs: readonly Case[] = [
  {
    what: "checking a class",
    call: () => checkGradients(wrong(Dense)),
    says: /^checkGradients expects a layer or a model, but got the function Dense\. Make one/,
  },
  {
    what: "checking a layer of which nobody knows the inputs",
    call: () => checkGradients(dense()),
    says: /^checkGradients expects the shape of a row of inputs, but got none\. Give it `input`: \[8\]\./,
  },
  {
    what: "checking at float32 inputs",
    call: ({ model, x }) => checkGradients(model, { x }),
    says: /^checkGradients expects `x` to be a Matrix in float64 with at least one row, but got a \[24 × 4\] Matrix in float32\./,
  },
  {
    what: "checking at no inputs",
    call: ({ model }) => checkGradients(model, { x: Matrix.zeros(0, 4, "float64") }),
    says: /^checkGradients expects `x` to be a Matrix in float64 with at least one row, but got a \[0 × 4\]/,
  },
  {
    what: "checking a loss without targets",
    call: ({ model }) => checkGradients(model, { loss: meanSquaredError() }),
    says: /^checkGradients expects `y` to be a Matrix in float64 with a loss, but got undefined\./,
  },
  {
    what: "checking targets without a loss",
    call: ({ model }) => checkGradients(model, { y: Matrix.zeros(3, 3, "float64") }),
    says: /^checkGradients expects a `loss` with `y`, such as meanSquaredError\(\), but got undefined\./,
  },
  {
    what: "a misspelt option of the check",
    call: ({ model }) => checkGradients(model, wrong({ tolerence: 1 })),
    says: /^checkGradients expects only the options .*, but got "tolerence"\. Did you mean "tolerance"\?$/,
  },
];

export const models: readonly Case[] = [...structure, ...reading, ...files, ...proofs];
