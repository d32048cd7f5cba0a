import { Dense, Matrix, Sequential, Sigmoid } from "chainrule";
import { arrow, circle, colors, drawing, text, written } from "./drawing.js";

/** Two inputs, a weighted sum, and an activation, with the numbers of chapter 1. */
export function neuron(): string {
  const model = new Sequential([new Dense({ units: 1 }), new Sigmoid()], { input: [2] });
  const [weight, bias] = [[2, -1], 0.5];
  model.setWeights({
    "0.weight": Matrix.from([[weight[0]], [weight[1]]]),
    "0.bias": Matrix.full(1, 1, bias),
  });
  const x = Matrix.from([[0.6, 0.9]]);
  const [sum, y] = model.trace(x).map(({ output }) => output.at(0, 0));

  const sumAt = [330, 150] as const;
  const inputs = [
    [90, 80],
    [90, 220],
  ] as const;
  return drawing(
    760,
    300,
    "A neuron: two inputs times their weights, plus a bias, through the sigmoid function",
    [
      ...inputs.flatMap((place, i) => [
        arrow(place, sumAt, colors[i], 48, 3),
        circle(place, 34, "#fff", "#222"),
        text(place[0], place[1] + 5, written(x.at(0, i), 1), { anchor: "middle" }),
        text(place[0], place[1] - 44, `input x${"₁₂"[i]}`, { anchor: "middle" }),
        text(205, i === 0 ? 90 : 222, `× ${written(weight[i], 0)}`, {
          anchor: "middle",
          color: colors[i],
          bold: true,
        }),
      ]),
      arrow([330, 45], sumAt, "#222", 48),
      text(330, 34, `bias + ${written(bias, 1)}`, { anchor: "middle" }),
      circle(sumAt, 46, "#f4f8fb", "#222"),
      text(330, 146, "sum", { anchor: "middle" }),
      text(330, 166, written(sum), { anchor: "middle", bold: true }),
      arrow([376, 150], [494, 150], "#222"),
      circle([540, 150], 46, "#f4f8fb", "#222"),
      text(540, 157, "σ", { anchor: "middle", size: 24 }),
      text(540, 88, "activation", { anchor: "middle" }),
      arrow([586, 150], [664, 150], "#222"),
      text(674, 156, written(y), { size: 20, bold: true }),
      text(674, 128, "output y"),
      text(330, 250, `2 · 0.6 − 1 · 0.9 + 0.5 = ${written(sum)}`, { anchor: "middle" }),
      text(540, 250, `σ(${written(sum)}) = ${written(y)}`, { anchor: "middle" }),
    ],
  );
}
