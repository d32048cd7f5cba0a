// Makes models, trains each a little, drops it, and prints the resident set on the way: megabytes.

import { Dense, Matrix, meanSquaredError, ReLU, Sequential, SGD, zeros } from "chainrule";
import { print, settings } from "./settings.mjs";

const { cycles, look, rows, units, steps, awaiting } = settings;
const [x, y] = [Matrix.full(rows, units, 0.5), Matrix.full(rows, units, 0.25)];

function make() {
  const weightInitializer = units > 100 ? zeros() : undefined; // whose numbers cost nothing to draw
  const dense = new Dense({ units, ...(weightInitializer && { weightInitializer }) });
  const model = new Sequential([dense, new ReLU()], { input: [units], seed: 1 });
  return model.compile({
    loss: meanSquaredError(),
    optimizer: new SGD({ learningRate: 0.1, momentum: 0.9 }),
  });
}

const megabytes = [];
for (let cycle = 1; cycle <= cycles; cycle++) {
  const model = make();
  if (awaiting) await model.fit({ x, y }, { epochs: steps });
  else for (let step = 0; step < steps; step++) model.trainBatch(x, y);
  if (cycle % look === 0) megabytes.push(Math.round(process.memoryUsage().rss / 2 ** 20));
}
print(megabytes);
