import {
  Adam,
  binaryCrossEntropy,
  Dense,
  Matrix,
  type Optimizer,
  Random,
  RMSprop,
  Sequential,
  SGD,
  Sigmoid,
  Tanh,
} from "chainrule";
import { Axes } from "./axes.js";
import { colors, drawing, type Point } from "./drawing.js";

/** Two half moons, each 100 points. */
export function moons(): { x: Matrix; y: Matrix } {
  const random = Random.fromSeed(2);
  const y = Matrix.zeros(200, 1).map((_, r) => r % 2);
  const x = Matrix.zeros(200, 2).map((_, r, c) => {
    const angle = (Math.PI * Math.floor(r / 2)) / 99;
    const [across, up] = [Math.cos(angle), Math.sin(angle)];
    const place = r % 2 === 0 ? [across, up] : [1 - across, 0.5 - up];
    return place[c] + 0.12 * random.normal(c, r);
  });
  return { x, y };
}

const methods: readonly [name: string, optimizer: () => Optimizer][] = [
  ["SGD, learning rate 0.1", () => new SGD({ learningRate: 0.1 })],
  ["SGD with momentum 0.9", () => new SGD({ learningRate: 0.1, momentum: 0.9 })],
  ["RMSprop, 0.01", () => new RMSprop({ learningRate: 0.01 })],
  ["Adam, 0.01", () => new Adam({ learningRate: 0.01 })],
];

/** The same network and the same batches, four ways to step. */
export async function optimizers(): Promise<string> {
  const epochs = 60;
  const axes = new Axes(
    { left: 60, top: 50, width: 660, height: 280 },
    { label: "epoch", from: 0, to: epochs, step: 10 },
    { label: "loss on the training data", from: 0, to: 0.7, step: 0.1 },
  );
  for (const [i, [, optimizer]] of methods.entries()) {
    const layers = [new Dense({ units: 16 }), new Tanh(), new Dense({ units: 1 }), new Sigmoid()];
    const model = new Sequential(layers, { input: [2], seed: 1 });
    model.compile({ loss: binaryCrossEntropy(), optimizer: optimizer() });
    const start = (await model.evaluate(moons())).loss;
    const { loss } = await model.fit(moons(), { epochs });
    axes.curve(
      [start, ...loss].map((value, epoch): Point => [epoch, value]),
      colors[i],
    );
  }
  axes.legend(
    methods.map(([name]) => name),
    465,
    75,
  );
  return drawing(750, 390, "Loss by epoch of four optimizers on the same network", axes.parts);
}
