import { Adam, type Callback, Dense, Matrix, meanSquaredError, Random, Sequential, Tanh } from "chainrule";
import { Axes, sampled } from "./axes.js";
import { circle, colors, drawing, type Point, text } from "./drawing.js";

/** Points of a sine wave with noise; those to validate on lie between those to learn from. */
function points(rows: number, seed: number): { x: Matrix; y: Matrix } {
  const random = Random.fromSeed(seed);
  const x = Matrix.zeros(rows, 1).map((_, r) => -3 + (6 * (r + 0.5)) / rows);
  return { x, y: x.map((value, r) => Math.sin(value) + 0.4 * random.normal(0, r)) };
}

/** A network that is too large for 14 points: what it makes of them, and both losses. */
export async function generalisation(): Promise<string> {
  const [train, validation] = [points(14, 1), points(60, 2)];
  const layers = [
    new Dense({ units: 48 }),
    new Tanh(),
    new Dense({ units: 48 }),
    new Tanh(),
    new Dense({ units: 1 }),
  ];
  const model = new Sequential(layers, { input: [1], seed: 3 });
  model.compile({ loss: meanSquaredError(), optimizer: new Adam({ learningRate: 0.01 }) });
  const predict = () => sampled(-3, 3, (x) => model.predict(Matrix.full(1, 1, x)).at(0, 0));

  const history: Point[][] = [[], []];
  const curves: Point[][] = [];
  const epochs = 2000;
  let best = Number.POSITIVE_INFINITY;
  let bestEpoch = 0;
  const watch: Callback = {
    onEpochEnd({ epoch, logs }) {
      history[0].push([epoch + 1, logs.loss]);
      history[1].push([epoch + 1, logs.validationLoss]);
      if (logs.validationLoss < best)
        [best, bestEpoch, curves[0]] = [logs.validationLoss, epoch + 1, predict()];
    },
  };
  await model.fit(train, { epochs, batchSize: "full", validation, callbacks: [watch] });
  curves[1] = predict();

  const left = new Axes(
    { left: 50, top: 60, width: 310, height: 240 },
    { label: "x", from: -3, to: 3, step: 1 },
    { label: "", from: -2, to: 2, step: 1 },
  );
  for (const [i, curve] of curves.entries()) left.curve(curve, colors[i]);
  for (let r = 0; r < train.x.rows; r++) {
    left.parts.push(circle(left.place([train.x.at(r, 0), train.y.at(r, 0)]), 4.5, "#222"));
  }
  left.legend([`after ${bestEpoch} epochs`, `after ${epochs} epochs`], 64, 78);
  const right = new Axes(
    { left: 430, top: 60, width: 300, height: 240 },
    { label: "epoch", from: 0, to: epochs, step: 500 },
    { label: "", from: 0, to: 0.8, step: 0.2 },
  );
  for (const [i, curve] of history.entries()) right.curve(curve, colors[i]);
  right.legend(["loss on the 14 points", "validation loss"], 530, 78);
  return drawing(760, 370, "A network learns 14 points by heart: its curve, and both losses", [
    ...left.parts,
    ...right.parts,
    text(50, 34, "What it makes of 14 points", { bold: true }),
    text(430, 34, "Both losses", { bold: true }),
  ]);
}
