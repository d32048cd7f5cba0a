import {
  Adam,
  Dense,
  Dropout,
  Flatten,
  Layer,
  l2,
  Matrix,
  meanSquaredError,
  Parallel,
  ReLU,
  Reshape,
  Sequential,
  Softmax,
} from "chainrule";
import { expect, it } from "vitest";

const model = () =>
  new Sequential(
    [
      new Flatten(),
      new Sequential([new Dense({ units: 128, weightRegularizer: l2({ lambda: 0.001 }) }), new ReLU()]),
      new Dropout({ rate: 0.2 }),
      new Dense({ units: 10, useBias: false }),
      new Softmax(),
    ],
    { input: [28, 28] },
  );

it("is a table of the layers", () => {
  expect(model().summary()).toMatchInlineSnapshot(`
    "layer                                                                  output  parameters  trainable    memory
    ──────────────────────────────────────────────────────────────────────────────────────────────────────────────
    0  Flatten()                                                           [784]            0          0       0 B
    1  Sequential                                                          [128]      100,480    100,480  401.9 kB
       0  Dense({ units: 128, weightRegularizer: l2({ lambda: 0.001 }) })  [128]      100,480    100,480  401.9 kB
       1  ReLU()                                                           [128]            0          0       0 B
    2  Dropout({ rate: 0.2 })                                              [128]            0          0       0 B
    3  Dense({ units: 10, useBias: false })                                [10]         1,280      1,280    5.1 kB
    4  Softmax()                                                           [10]             0          0       0 B
    ──────────────────────────────────────────────────────────────────────────────────────────────────────────────
    memory: weights 407.0 kB, gradients 407.0 kB
    101,760 parameters, 101,760 of them trainable"
  `);
});

it("counts what is frozen", () => {
  const frozen = model();
  for (const parameter of frozen.parameters.slice(0, 2)) parameter.trainable = false;
  expect(frozen.summary()).toMatch(/101,760 parameters, 1,280 of them trainable$/);
});

it("says of a model that is not built what it knows", () => {
  expect(
    new Sequential([new Reshape({ shape: [2, 2] }), new Dense({ units: 3 })]).summary(),
  ).toMatchInlineSnapshot(`
    "layer                          output  parameters  trainable  memory
    ────────────────────────────────────────────────────────────────────
    0  Reshape({ shape: [2, 2] })  ?                ?          ?       ?
    1  Dense({ units: 3 })         ?                ?          ?       ?
    ────────────────────────────────────────────────────────────────────
    not built yet: give \`input\`, or a first batch"
  `);
});

it("shows a layer of one's own as one line, whatever it calls its parts", () => {
  class Pair extends Layer {
    static override readonly type = "Pair";
    readonly layers = [new ReLU(), new ReLU()];
    forward(x: Matrix): Matrix {
      return x;
    }
    backward(dy: Matrix): Matrix {
      return dy;
    }
  }
  expect(new Sequential([new Pair()], { input: [3] }).summary()).toMatch(
    /^0 {2}Pair\(\) +\[3\] +0 +0 +0 B$/m,
  );
});

it("cuts a call that is too long for a line", () => {
  const branches = Array.from({ length: 9 }, () => [new Dense({ units: 2 })]);
  const [, , line] = new Sequential([new Parallel({ branches })], { input: [3] }).summary().split("\n");
  expect(line.slice(0, 77)).toBe(
    "0  Parallel({ branches: [[Dense({ units: 2 })], [Dense({ units: 2 })], [De…  ",
  );
});

it("tells the memory of numbers twice as wide, and what the optimizer keeps", () => {
  const wide = new Sequential([new Dense({ units: 10 })], { input: [99], dtype: "float64" });
  wide.compile({ loss: meanSquaredError(), optimizer: new Adam() });
  expect(wide.summary()).toContain("memory: weights 8.0 kB, gradients 8.0 kB\n");
  wide.trainBatch(Matrix.zeros(2, 99, "float64"), Matrix.zeros(2, 10, "float64"));
  expect(wide.summary()).toContain("memory: weights 8.0 kB, gradients 8.0 kB, Adam 16.0 kB\n");
});
