// Trains one network in several ways, one after the other, and says how many rows a second each of them took in.
import { Dense, Matrix, ReLU, Sequential, SGD, setThreads, softmaxCrossEntropy } from "chainrule";
import { distribution, mpi } from "chainrule/mpi";
import { seeded } from "../../seeded.js";
import { type Arm, type Job, type Measured, readJob } from "../job.js";

const { widths, rows, arms, seconds } = readJob<Job>();
setThreads(1);
const world = await mpi({ timeout: 60 });

let inReduction = 0;
const timed = distribution({
  ...world,
  allReduceSum(numbers) {
    const start = performance.now();
    world.allReduceSum(numbers);
    inReduction += performance.now() - start;
  },
});

const random = seeded(7);
const [inputs, outputs] = [widths[0], widths[widths.length - 1]];
const x = new Matrix(rows, inputs, Float32Array.from({ length: rows * inputs }, random));
const y = new Matrix(
  rows,
  1,
  Float32Array.from({ length: rows }, (_, r) => r % outputs),
);

const measured: Record<string, Measured> = {};
for (const arm of arms) measured[arm.name] = await measure(arm);
if (world.rank === 0) console.log(JSON.stringify(measured));

/** Epochs for so many seconds, after one to warm up. Apart, each rank has its share of rows, and trains by itself. */
async function measure({ kind, batch }: Arm): Promise<Measured> {
  const alone = kind === "apart" ? world.size : 1;
  const own = { x: x.slice(0, rows / alone), y: y.slice(0, rows / alone) };
  const layers = widths
    .slice(1)
    .flatMap((units, i) => [...(i > 0 ? [new ReLU()] : []), new Dense({ units })]);
  const model = new Sequential(layers, { input: [inputs], seed: 1 }).compile({
    loss: softmaxCrossEntropy(),
    optimizer: new SGD({ learningRate: 0.01, momentum: 0.9 }),
  });
  const options = { batchSize: batch / alone, ...(kind === "together" && { distribute: timed }) };
  const epochsIn = async (epochs: number) => {
    world.barrier();
    inReduction = 0;
    const start = performance.now();
    await model.fit(own, { ...options, epochs });
    world.barrier(); // the slowest of them
    return performance.now() - start;
  };
  const first = await epochsIn(1);
  const epochs = Float64Array.of(Math.max(1, Math.ceil((1000 * seconds) / first)));
  world.broadcast(epochs, 0);
  const milliseconds = await epochsIn(epochs[0]);
  const steps = epochs[0] * Math.ceil(rows / batch);
  return {
    rate: (epochs[0] * rows) / (milliseconds / 1000),
    step: milliseconds / steps,
    share: inReduction / milliseconds,
  };
}
