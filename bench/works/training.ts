import { brain, mlFnn, tfjs } from "../javascript-peers.js";
import { ours } from "../ours.js";
import { pytorch, pytorchFourWide, pytorchInPieces } from "../python-peers.js";
import type { TrainTask } from "../tasks.js";
import type { Race, Work } from "./work.js";

/** The small network for digits that everybody trains first. */
export const mnist: TrainTask = {
  kind: "train",
  widths: [784, 128, 10],
  activation: "relu",
  loss: "softmaxCrossEntropy",
  optimizer: "sgd",
  learningRate: 0.05,
  batchSize: 32,
  data: "dense",
  rows: 4096,
  by: "fit",
};

export const bigger: TrainTask = {
  ...mnist,
  widths: [784, 512, 512, 10],
  batchSize: 128,
  optimizer: "adam",
  learningRate: 1e-3,
};

export const tiny: TrainTask = {
  ...mnist,
  widths: [2, 8, 1],
  loss: "meanSquaredError",
  batchSize: 4,
  rows: 4,
  by: "trainBatch",
};

const oneByOne: TrainTask = { ...mnist, batchSize: 1, learningRate: 0.005, rows: 1024 };
const sigmoids = { activation: "sigmoid", loss: "meanSquaredError" } as const;

type Rest = Omit<Race, "title" | "task" | "contenders">;
const only = (
  name: string,
  about: string,
  task: TrainTask,
  contenders: () => Race["contenders"],
  rest?: Rest,
) => {
  return { name, about, races: () => [{ title: "", task, contenders: contenders(), ...rest }] };
};
const everybody = () => [...ours(), ...pytorch(), ...pytorchFourWide(), tfjs("wasm"), tfjs("cpu")];
const twoThreads = () => [
  ...ours(),
  ...ours({ threads: 2 }),
  ...pytorch(),
  ...pytorchFourWide(),
  tfjs("wasm"),
];

export const training: readonly Work[] = [
  only("mnist-sgd", "784-128-10, batch 32, SGD, through `fit`, shuffled.", mnist, () => [
    ...everybody(),
    mlFnn(),
  ]),
  only(
    "mnist-adam",
    "784-128-10, batch 32, Adam, through `fit`, shuffled.",
    { ...mnist, optimizer: "adam", learningRate: 1e-3 },
    everybody,
  ),
  only("mnist-one", "784-128-10, one example at a time, SGD, through `fit`, shuffled.", oneByOne, everybody),
  only(
    "mnist-one-sparse",
    "The same on inputs of which four in five are 0, as in MNIST.",
    { ...oneByOne, data: "sparse" },
    () => [...ours(), ...pytorch(), tfjs("wasm")],
  ),
  only(
    "mnist-one-30",
    "784-30-10, one example at a time, SGD, sigmoids and squared error.",
    { ...oneByOne, ...sigmoids, widths: [784, 30, 10], learningRate: 0.5 },
    () => [...ours(), ...pytorch(), brain()],
  ),
  only("big", "784-512-512-10, batch 128, Adam, through `fit`, shuffled.", bigger, twoThreads),
  only(
    "full",
    "784-128-10, batch gradient descent on 60,000 MNIST digits, a step each time through. " +
      "Memory is the peak above the bare runtime and the loaded data.",
    { ...mnist, data: "digits", rows: 60_000, batchSize: "full", learningRate: 0.1 },
    () => [...ours({ threads: 2 }), ...pytorch(), ...pytorchInPieces(), ...pytorchFourWide()],
    { seconds: 1.5, memory: true },
  ),
  only("tiny", "2-8-1, four rows a step, SGD, through `trainBatch`.", tiny, () => [...ours(), ...pytorch()]),
  only(
    "tiny-one",
    "2-8-1, one example at a time, SGD without momentum, sigmoids and squared error, through `fit`.",
    { ...tiny, ...sigmoids, batchSize: 1, rows: 1024, learningRate: 0.1, by: "fit" },
    () => [...ours(), ...pytorch(), brain()],
  ),
];
