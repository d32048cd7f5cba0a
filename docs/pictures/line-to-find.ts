import {
  type Callback,
  Dense,
  Matrix as M,
  type Matrix,
  meanSquaredError,
  Random,
  Sequential,
  SGD,
} from "chainrule";
import { Axes, type Box } from "./axes.js";
import { circle, colors, type Point, path } from "./drawing.js";

const rows = 40;
const random = Random.fromSeed(3);
export const x = M.zeros(rows, 1).map((_, r) => -0.5 + (2.5 * r) / (rows - 1));
export const y = x.map((value, r) => 1.5 * value - 0.5 + 0.3 * random.normal(0, r));

/** Where descent comes by, step by step: a point is a weight and a bias. */
export async function descent(
  batchSize: number | "full",
  learningRate: number,
  epochs: number,
): Promise<Point[]> {
  const model = new Sequential([new Dense({ units: 1 })], { input: [1], seed: 5 });
  model.compile({ loss: meanSquaredError(), optimizer: new SGD({ learningRate }) });
  const start = [-0.8, 1.6] as const;
  model.setWeights({ "0.weight": M.full(1, 1, start[0]), "0.bias": M.full(1, 1, start[1]) });
  const points: Point[] = [start];
  const recorder: Callback = {
    onBatchEnd() {
      const weights = model.getWeights();
      points.push([weights["0.weight"].at(0, 0), weights["0.bias"].at(0, 0)]);
    },
  };
  await model.fit({ x, y }, { epochs, batchSize, callbacks: [recorder] });
  return points;
}

/** The loss of every line, as contours, and the way that a descent takes over them. */
export function slope(box: Box, way: readonly Point[], color: string): readonly string[] {
  const axes = new Axes(
    box,
    { label: "weight w", from: -1.5, to: 3, step: 1.5 },
    { label: "bias b", from: -2, to: 2, step: 1 },
  );
  for (const level of [0.05, 0.2, 0.5, 1, 2, 3.5, 5.5]) axes.curve(contour(level), "#b9c6cf", 1.5);
  const least = axes.place(bestLine());
  axes.parts.push(circle(least, 5, colors[2]));
  axes.parts.push(
    path(
      way.map((point) => axes.place(point)),
      color,
      2,
    ),
  );
  if (way.length < 60) axes.parts.push(...way.map((point) => circle(axes.place(point), 3.5, color)));
  axes.parts.push(circle(axes.place(way[0]), 5, "#222"));
  return axes.parts;
}

const product = (a: Matrix, b: Matrix) => a.mul(b).mean();

/** The least squares: the line that no other one beats. */
export function bestLine(): Point {
  const weight = (product(x, y) - x.mean() * y.mean()) / (product(x, x) - x.mean() ** 2);
  return [weight, y.mean() - weight * x.mean()];
}

/** The lines whose loss is so much above the least: the ellipse dᵀ·A·d = level, by the Cholesky factor of A. */
export function contour(level: number): Point[] {
  const [weight, bias] = bestLine();
  const first = Math.sqrt(product(x, x));
  const below = x.mean() / first;
  const second = Math.sqrt(1 - below ** 2);
  const ellipse = Array.from({ length: 181 }, (_, i): Point => {
    const angle = (2 * Math.PI * i) / 180;
    const d2 = (Math.sqrt(level) * Math.sin(angle)) / second;
    return [weight + (Math.sqrt(level) * Math.cos(angle) - below * d2) / first, bias + d2];
  });
  return ellipse;
}
