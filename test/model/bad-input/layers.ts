import {
  Context,
  constant,
  Dense,
  Dropout,
  Layer,
  LeakyReLU,
  l1,
  l2,
  Matrix,
  Reshape,
  Sequential,
  type Shape,
  uniform,
} from "chainrule";
import { type Case, wrong } from "./case.js";

class Shapeless extends Layer {
  static override readonly type = "Shapeless";
  override build(input: Shape, context: Context): Shape {
    super.build(input, context);
    return wrong(undefined);
  }
  forward(x: Matrix): Matrix {
    return x;
  }
  backward(dy: Matrix): Matrix {
    return dy;
  }
}

/** A Dense layer that stands by itself, 4 → 2. */
function dense(): Dense {
  const layer = new Dense({ units: 2 });
  layer.build([4], Context.root());
  return layer;
}

const options: readonly Case[] = [
  {
    what: "no units",
    call: () => new Dense({ units: 0 }),
    says: /^Dense expects `units` to be a whole number of at least 1, but got 0\./,
  },
  {
    what: "half a unit",
    call: () => new Dense({ units: 2.5 }),
    says: /^Dense expects `units` to be a whole number of at least 1, but got 2.5\./,
  },
  {
    what: "units in a text",
    call: () => new Dense({ units: wrong("128") }),
    says: /^Dense expects `units` to be a whole number of at least 1, but got "128"\./,
  },
  {
    what: "a number instead of options",
    call: () => new Dense(wrong(128)),
    says: /^Dense expects an options object, but got 128\. Write Dense\(\{ … \}\)\./,
  },
  {
    what: "no options",
    call: () => new Dense(wrong(undefined)),
    says: /^Dense expects `units` to be a whole number of at least 1, but got undefined\./,
  },
  {
    what: "a misspelt option",
    call: () => new Dense(wrong({ unit: 3 })),
    says: /^Dense expects only the options units, .*, but got "unit"\. Did you mean "units"\?$/,
  },
  {
    what: "an initializer by its name",
    call: () => new Dense({ units: 2, weightInitializer: wrong("zeros") }),
    says: /^Dense expects `weightInitializer` to be an initializer such as glorotUniform\(\), but got "zeros"\./,
  },
  {
    what: "a dropout of everything",
    call: () => new Dropout({ rate: 1 }),
    says: /^Dropout expects `rate` to be a number from 0 up to, but not including, 1, but got 1\./,
  },
  {
    what: "a dropout of NaN",
    call: () => new Dropout({ rate: Number.NaN }),
    says: /^Dropout expects `rate` to be a number from 0 .*, but got NaN\./,
  },
  {
    what: "an infinite slope",
    call: () => new LeakyReLU({ negativeSlope: Number.POSITIVE_INFINITY }),
    says: /^LeakyReLU expects `negativeSlope` to be a finite number, but got Infinity\./,
  },
  {
    what: "a side of 0",
    call: () => new Reshape({ shape: [2, 0] }),
    says: /^Reshape expects `shape` to be a shape such as \[784\] or \[28, 28\], but got an array of 2\./,
  },
  {
    what: "a constant without a value",
    call: () => constant(wrong({})),
    says: /^constant expects `value` to be a finite number, but got undefined\./,
  },
  {
    what: "a uniform distribution up to infinity",
    call: () => uniform({ high: Number.POSITIVE_INFINITY }),
    says: /^uniform expects `high` to be a finite number, but got Infinity\./,
  },
  {
    what: "a negative penalty",
    call: () => l2({ lambda: -0.1 }),
    says: /^l2 expects `lambda` to be a finite number of at least 0, but got -0.1\./,
  },
  {
    what: "an unknown option of a penalty",
    call: () => l1(wrong({ lamda: 0.1 })),
    says: /^l1 expects only the options lambda, but got "lamda"\. Did you mean "lambda"\?$/,
  },
];

const calls: readonly Case[] = [
  {
    what: "forward before build",
    call: () => new Dense({ units: 2 }).forward(Matrix.zeros(1, 4)),
    says: /^Dense\(2\) expects to be built before it is used, but got no call of build\./,
  },
  {
    what: "forward on a plain array",
    call: () => dense().forward(wrong([[1, 2, 3, 4]])),
    says: /^Dense\(2\) expects a Matrix, but got an array of 1\. Use Matrix.from/,
  },
  {
    what: "forward on rows that are too wide",
    call: () => dense().forward(Matrix.zeros(1, 5)),
    says: /^Dense\(2\) expects rows of 4 numbers, but got 5\. Check `input`\./,
  },
  {
    what: "forward in another dtype",
    call: () => dense().forward(Matrix.zeros(1, 4, "float64")),
    says: /^Dense\(2\) expects float32 numbers, but got float64\. Convert them with \.as\("float32"\)\./,
  },
  {
    what: "backward before forward",
    call: () => dense().backward(Matrix.zeros(1, 2)),
    says: /^Dense\(2\).backward expects a call of forward before it, but got none\./,
  },
  {
    what: "a gradient of another size than the output",
    call: ({ model }) => {
      const twin = model.clone();
      twin.forward(Matrix.zeros(3, 4), true);
      twin.backward(Matrix.zeros(2, 3));
    },
    says: /^Dense\(3\).backward expects a gradient \[3 × 3\], as its output, but got \[2 × 3\]\./,
  },
  {
    what: "a gradient that is a plain array",
    call: () => {
      const layer = dense();
      layer.forward(Matrix.zeros(1, 4));
      layer.backward(wrong([[1, 2]]));
    },
    says: /^Dense\(2\).backward expects a Matrix, but got an array of 1\./,
  },
  {
    what: "a gradient in another dtype",
    call: () => {
      const layer = dense();
      layer.forward(Matrix.zeros(1, 4));
      layer.backward(Matrix.zeros(1, 2, "float64"));
    },
    says: /^Dense\(2\).backward expects float32 numbers, but got float64\./,
  },
  {
    what: "a layer that is built twice",
    call: () => dense().build([4], Context.root()),
    says: /^Dense\(2\) expects to be in one model, once, but got a second place\. Make a new layer/,
  },
  {
    what: "a Reshape that does not fit",
    call: () => new Reshape({ shape: [3, 3] }).build([8], Context.root()),
    says: /^Reshape\(\[3 × 3\]\) expects rows of 9 numbers, but got \[8\]\./,
  },
  {
    what: "a layer that forgets to return its shape",
    call: () => new Sequential([new Shapeless(), new Dense({ units: 2 })], { input: [4] }),
    says: /^Shapeless\(\).build expects to return the shape of the output's rows, but got undefined\./,
  },
];

export const layers: readonly Case[] = [...options, ...calls];
