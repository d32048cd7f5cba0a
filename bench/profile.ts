/**
 * Where the time of training goes: samples of the processor while `fit` runs on one thread, as shares of the whole.
 *
 *     npm run bench:profile
 */
import { Session } from "node:inspector/promises";
import { compileKernels } from "../scripts/compile-kernels.mjs";
import {
  Adam,
  Dense,
  init,
  kernels,
  Matrix,
  meanSquaredError,
  Random,
  ReLU,
  Sequential,
  SGD,
  softmaxCrossEntropy,
} from "../src/index.js";
import { table } from "./report/table.js";
import { engine } from "./wasm-module.js";

/** What is looked for in a function's name or file, in this order, and what it stands for. */
const kinds: readonly (readonly [RegExp, string])[] = [
  [/tile\d+x\d+|\/row\w+|vector\/outer$/, "products"],
  [/\/pack\w+/, "packing operands"],
  [/product\/(product|copyTile)/, "cutting products into tiles"],
  [/assembly\/(updates|descent)|descendTile|outerDescend|src\/optimizers/, "optimizer"],
  [/^js-to-wasm:i{5}f{7}/, "optimizer"], // V8 runs Adam inside of its call
  [/assembly\/(curves|smooth)/, "activations"],
  [/assembly\/elementwise/, "biases and their gradients"],
  [/src\/losses|numeric/, "loss"],
  [/gather|\bcopy |allFinite|permutation|shuffle|random\.ts/, "shuffling, gathering and checking batches"],
  [/garbage collector/, "garbage collection"],
  [/src\/kernels|^js-to-wasm/, "calls of kernels"],
  [/src\//, "layers, steps and the loop"],
];
/** Time that is not the work's: the profiler's own, and the pauses that `fit` makes for the event loop. */
const aside = /^\((idle|program|root)\)|inspector|node:|Navigator/;
const other = "the engine";

const numerics = engine.validate(await compileKernels("fast")) ? "fast" : "exact";
// With the functions' names, which the package leaves out.
init({ module: new engine.Module(await compileKernels(numerics, ["--debug"])) });

const session = new Session();
session.connect();
await session.post("Profiler.enable");
await session.post("Profiler.setSamplingInterval", { interval: 100 });

const works = {
  "784-128-10, batch 32, SGD": () => work([784, 128, 10], 32, new SGD({ learningRate: 0.01 }), 4096),
  "…, Adam": () => work([784, 128, 10], 32, new Adam(), 4096),
  "…, one at a time, SGD": () => work([784, 128, 10], 1, new SGD({ learningRate: 0.001 }), 4096),
  "784-512-512-10, batch 128, Adam": () => work([784, 512, 512, 10], 128, new Adam(), 2048),
  "2-8-1, batch 4, SGD": () => work([2, 8, 1], 4, new SGD({ learningRate: 0.001 }), 65_536),
};

/** A model and its data; the function trains for an epoch. */
function work(widths: readonly number[], batchSize: number, optimizer: SGD | Adam, rows: number) {
  const [inputs, outputs] = [widths[0], widths[widths.length - 1]];
  const layers = widths.slice(1).flatMap((units, i) => {
    return i === widths.length - 2 ? [new Dense({ units })] : [new Dense({ units }), new ReLU()];
  });
  const loss = outputs === 1 ? meanSquaredError() : softmaxCrossEntropy();
  const model = new Sequential(layers, { input: [inputs], seed: 1 }).compile({ loss, optimizer });
  const random = Random.fromSeed(1);
  const x = Matrix.zeros(rows, inputs).map((_, r, c) => random.uniform(r * inputs + c));
  const y = Matrix.zeros(rows, 1).map((_, r) => r % Math.max(outputs, 2));
  return () => model.fit({ x, y }, { epochs: 1, batchSize });
}

/** Shares of the time, by kind. */
async function profile(train: () => Promise<unknown>): Promise<ReadonlyMap<string, number>> {
  const until = async (seconds: number) => {
    for (const end = performance.now() + 1000 * seconds; performance.now() < end; ) await train();
  };
  await until(1);
  await session.post("Profiler.start");
  await until(3);
  const { nodes, samples = [], timeDeltas = [] } = (await session.post("Profiler.stop")).profile;
  const kindOf = new Map(
    nodes.map(({ id, callFrame: { functionName, url } }) => {
      const place = `${functionName} ${url}`;
      if (aside.test(place)) return [id, undefined];
      return [id, kinds.find(([pattern]) => pattern.test(place))?.[1] ?? other];
    }),
  );
  const counts = samples.map((id) => kindOf.get(id) !== undefined);
  const all = timeDeltas.reduce((sum, delta, i) => sum + (counts[i] ? delta : 0), 0);
  const shares = new Map<string, number>();
  for (const [i, id] of samples.entries()) {
    const kind = kindOf.get(id);
    if (kind !== undefined) shares.set(kind, (shares.get(kind) ?? 0) + timeDeltas[i] / all);
  }
  return shares;
}

const results: [string, ReadonlyMap<string, number>][] = [];
for (const [name, make] of Object.entries(works)) results.push([name, await profile(make())]);
const rows = [...new Set([...kinds.map(([, kind]) => kind), other])].map((kind) => {
  return [kind, ...results.map(([, shares]) => `${(100 * (shares.get(kind) ?? 0)).toFixed(1)} %`)];
});
console.log(table(["share of", ...results.map(([name]) => name)], rows));
console.log(`\nNode ${process.versions.node}, ${kernels().fused ? "fast" : "exact"}, one thread.`);
