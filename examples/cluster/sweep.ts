/**
 * Which settings are best? Each process takes its share of them, and trains by itself; at the end rank 0 tells the best.
 *
 *     npm run example:sweep                                      one process tries them all
 *     mpirun -n 4 node --import tsx examples/cluster/sweep.ts    four share them
 */
import {
  Adam,
  accuracy,
  Dense,
  Matrix,
  Random,
  ReLU,
  Sequential,
  setThreads,
  softmaxCrossEntropy,
} from "chainrule";
import { mpi } from "chainrule/mpi";

const epochs = process.argv.includes("--short") ? 5 : 60;
setThreads(1); // one process for each core
const world = await mpi({ timeout: "2h" }); // more than what one of them may take longer than the others

const settings = [4, 16, 64].flatMap((units) =>
  [0.1, 0.01, 0.001].map((learningRate) => ({ units, learningRate })),
);

// Two spirals, one in the other. Each rank makes the same.
const random = Random.fromSeed(1);
function spirals(first: number, rows: number) {
  const points = Array.from({ length: rows }, (_, r) => {
    const side = r % 2;
    const [turn, noise] = [0, 1].map((i) => random.uniform(2 * (first + r) + i));
    const [angle, length] = [Math.PI * (3 * turn + side), turn + 0.05 * noise];
    return { xy: [length * Math.cos(angle), length * Math.sin(angle)], side };
  });
  return { x: Matrix.from(points.map(({ xy }) => xy)), y: Matrix.from(points.map(({ side }) => [side])) };
}
const [train, validation] = [spirals(0, 1000), spirals(1000, 500)];

// A row for each of the settings: its loss and its accuracy. Those of others stay 0, so that the sum has them all.
const results = new Float64Array(2 * settings.length);
for (let i = world.rank; i < settings.length; i += world.size) {
  const { units, learningRate } = settings[i];
  const layers = [
    new Dense({ units }),
    new ReLU(),
    new Dense({ units }),
    new ReLU(),
    new Dense({ units: 2 }),
  ];
  const model = new Sequential(layers, { input: [2], seed: i }).compile({
    ...{ loss: softmaxCrossEntropy(), optimizer: new Adam({ learningRate }), metrics: [accuracy()] },
  });
  await model.fit(train, { epochs, batchSize: 32 }); // without `distribute`: nobody waits for anybody
  const found = await model.evaluate(validation);
  results.set([found.loss, found.accuracy], 2 * i);
}
world.allReduceSum(results);

if (world.rank === 0) {
  const order = settings.map((_, i) => i).sort((a, b) => results[2 * a] - results[2 * b]);
  for (const i of order) {
    const { units, learningRate } = settings[i];
    const [loss, right] = results.subarray(2 * i, 2 * i + 2);
    console.log(
      `loss ${loss.toFixed(4)}  right ${(100 * right).toFixed(1)} %  ${units} units, rate ${learningRate}`,
    );
  }
  const { units, learningRate } = settings[order[0]];
  console.log(`best: { units: ${units}, learningRate: ${learningRate} }`);
}
