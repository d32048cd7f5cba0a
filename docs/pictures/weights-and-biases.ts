import { Dense, Matrix, Sequential, Sigmoid } from "chainrule";
import { Axes, sampled } from "./axes.js";
import { colors, drawing } from "./drawing.js";

/** What a weight does to a neuron of one input, and what a bias does. */
export function weightsAndBiases(): string {
  const model = new Sequential([new Dense({ units: 1 }), new Sigmoid()], { input: [1] });
  const neuron = (weight: number, bias: number) => (x: number) => {
    model.setWeights({ "0.weight": Matrix.full(1, 1, weight), "0.bias": Matrix.full(1, 1, bias) });
    return model.predict(Matrix.full(1, 1, x)).at(0, 0);
  };
  const x = { label: "input x", from: -6, to: 6, step: 3 };
  const y = { label: "output y = σ(w·x + b)", from: 0, to: 1, step: 0.5 };
  const panels = [
    [
      [0.5, 0],
      [1, 0],
      [4, 0],
    ],
    [
      [1, -3],
      [1, 0],
      [1, 3],
    ],
  ].map((settings, panel) => {
    const axes = new Axes({ left: 60 + 370 * panel, top: 50, width: 290, height: 220 }, x, y);
    for (const [i, [w, b]] of settings.entries()) axes.curve(sampled(-6, 6, neuron(w, b)), colors[i]);
    const names = settings.map(([w, b]) => (panel === 0 ? `w = ${w}` : `b = ${String(b).replace("-", "−")}`));
    axes.legend(names, 258 + 370 * panel, 212);
    return axes.parts;
  });
  return drawing(740, 330, "A weight makes a neuron steeper, a bias moves it to the side", panels.flat());
}
