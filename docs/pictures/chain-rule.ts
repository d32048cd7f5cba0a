import { Dense, Matrix, meanSquaredError, Sequential, SGD, Sigmoid } from "chainrule";
import { arrow, circle, colors, drawing, text, written } from "./drawing.js";

/** One neuron, forward and back: its numbers, and what the loss gains for each step of each. */
export function chainRule(): string {
  const model = new Sequential([new Dense({ units: 1 }), new Sigmoid()], { input: [1], dtype: "float64" });
  model.compile({ loss: meanSquaredError(), optimizer: new SGD({ learningRate: 0 }) });
  const [w, b, x, target] = [0.8, -0.4, 1.5, 0];
  const one = (value: number) => Matrix.from([[value]], "float64");
  model.setWeights({ "0.weight": one(w), "0.bias": one(b) });
  const [sum, out] = model.trace(one(x), one(target));
  const number = (matrix: Matrix | undefined) => matrix?.at(0, 0) ?? 0;
  const [z, y, dz, dy] = [sum.output, out.output, sum.gradient, out.gradient].map(number);
  const l = meanSquaredError().mean(one(y), one(target));

  const columns = [
    { at: 90, name: "w", value: w, gradient: dz * x, note: "" },
    { at: 290, name: "z = w·x + b", value: z, gradient: dz, note: "∂z/∂w = x" },
    { at: 490, name: "y = σ(z)", value: y, gradient: dy, note: "∂y/∂z = y·(1 − y)" },
    { at: 690, name: "L = (y − t)²", value: l, gradient: 1, note: "∂L/∂y = 2·(y − t)" },
  ];
  const factors = [x, y * (1 - y), 2 * (y - target)];
  return drawing(790, 330, "Forward: from the weight to the loss. Back: its gradient, one factor a step", [
    text(30, 36, "forward →", { color: colors[0], bold: true }),
    text(30, 306, "← backward: × one factor a step", { color: colors[1], bold: true }),
    ...columns.flatMap(({ at, name, value, gradient }, i) => [
      circle([at, 120], 40, "#f4f8fb", colors[0]),
      text(at, 126, written(value, 3), { anchor: "middle", bold: true }),
      text(at, 66, name, { anchor: "middle" }),
      text(at, 222, `∂L/∂${["w", "z", "y", "L"][i]}`, { anchor: "middle", color: colors[1] }),
      text(at, 246, written(gradient, 3), { anchor: "middle", color: colors[1], bold: true }),
    ]),
    ...columns
      .slice(1)
      .flatMap(({ at, note }, i) => [
        arrow([at - 158, 120], [at - 42, 120], colors[0]),
        arrow([at - 45, 238], [at - 155, 238], colors[1]),
        text(at - 100, 262, `× ${written(factors[i], 3)}`, { anchor: "middle", color: colors[1], size: 13 }),
        text(at - 100, 282, note, { anchor: "middle", size: 13 }),
      ]),
  ]);
}
