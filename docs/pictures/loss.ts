import { Dense, Matrix, meanSquaredError, Sequential } from "chainrule";
import { Axes, sampled } from "./axes.js";
import { circle, colors, drawing, line, text, written } from "./drawing.js";

/** Left, points and a line through 0 with its errors; right, the mean of their squares for each slope. */
export function loss(): string {
  const x = Matrix.from([[1], [2], [3], [4], [5]]);
  const y = Matrix.from([[1.2], [1.4], [2.6], [2.9], [4.3]]);
  const model = new Sequential([new Dense({ units: 1, useBias: false })], { input: [1] });
  const predictions = (slope: number) => {
    model.setWeights({ "0.weight": Matrix.full(1, 1, slope) });
    return model.predict(x);
  };
  const lossOf = (slope: number) => meanSquaredError().mean(predictions(slope), y);

  const slope = 0.5;
  const left = new Axes(
    { left: 50, top: 50, width: 300, height: 230 },
    { label: "x", from: 0, to: 6, step: 1 },
    { label: "y", from: 0, to: 5, step: 1 },
  );
  const predicted = predictions(slope);
  left.curve(
    [
      [0, 0],
      [6, 6 * slope],
    ],
    colors[0],
  );
  for (let r = 0; r < x.rows; r++) {
    const [target, found] = [
      left.place([x.at(r, 0), y.at(r, 0)]),
      left.place([x.at(r, 0), predicted.at(r, 0)]),
    ];
    left.parts.push(line(target, found, colors[1]), circle(target, 5, "#222"));
  }
  left.parts.push(text(70, 72, `the line w = ${slope}`, { color: colors[0] }));
  left.parts.push(text(70, 94, "its errors", { color: colors[1] }));

  const right = new Axes(
    { left: 430, top: 50, width: 300, height: 230 },
    { label: "weight w", from: 0, to: 1.6, step: 0.4 },
    { label: "loss: mean of the squared errors", from: 0, to: 8, step: 2 },
  );
  right.curve(sampled(0, 1.6, lossOf), colors[0]);
  const here = right.place([slope, lossOf(slope)]);
  right.parts.push(
    circle(here, 6, colors[1]),
    text(here[0] + 12, here[1] - 8, `w = ${slope}: ${written(lossOf(slope))}`),
  );
  return drawing(760, 340, "Errors of a line, and the loss for every slope that it could have", [
    ...left.parts,
    ...right.parts,
  ]);
}
