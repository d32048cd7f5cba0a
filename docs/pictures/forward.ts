import { Dense, Matrix, ReLU, Sequential, Sigmoid } from "chainrule";
import { colors, drawing, grey, text, written } from "./drawing.js";
import { places, unit, weights } from "./network.js";

/** The numbers of chapter 3 on their way through the layers, as `trace` tells them. */
export function forward(): string {
  const model = new Sequential(
    [new Dense({ units: 3 }), new ReLU(), new Dense({ units: 1 }), new Sigmoid()],
    { input: [2], seed: 4 },
  );
  const x = Matrix.from([[1, -0.5]]);
  const [sums, active, sum, y] = model.trace(x).map(({ output }) => output.row(0));
  const weight = model.getWeights();
  const [input, linear, relu, linearOut, out] = places([2, 3, 3, 1, 1], 70, 155, 180, 92);
  const along = (from: typeof input, to: typeof input) =>
    weights(from, to, (i, j) => (i === j ? 0.01 : Number.NaN)).filter((line) => !line.includes("NaN"));
  const heads = ["input", "Dense", "ReLU", "Dense", "Sigmoid"];
  return drawing(760, 360, "Two numbers go through Dense, ReLU, Dense and Sigmoid, layer by layer", [
    ...weights(input, linear, (i, j) => weight["0.weight"].at(i, j)),
    ...along(linear, relu),
    ...weights(relu, linearOut, (i, j) => weight["2.weight"].at(i, j)),
    ...along(linearOut, out),
    ...input.map((place, i) => unit(place, written(x.at(0, i), 1))),
    ...linear.map((place, i) => unit(place, written(sums.at(0, i)))),
    ...relu.map((place, i) =>
      unit(place, written(active.at(0, i)), active.at(0, i) === 0 ? grey : colors[2]),
    ),
    unit(linearOut[0], written(sum.at(0, 0))),
    unit(out[0], written(y.at(0, 0)), colors[2]),
    ...heads.map((name, i) => text(70 + 155 * i, 32, name, { anchor: "middle", bold: true })),
    text(380, 344, "ReLU lets positive numbers through, and makes 0 of negative ones", {
      anchor: "middle",
      size: 13,
    }),
  ]);
}
