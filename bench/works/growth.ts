import { ours } from "../ours.js";
import { pytorchOnOneThread } from "../python-peers.js";
import type { TrainTask } from "../tasks.js";
import { mnist } from "./training.js";
import type { Race, Work } from "./work.js";

const race = (curve: string, x: number, task: TrainTask): Race => {
  const contenders = [...ours(), ...pytorchOnOneThread()];
  return {
    title: `${curve} ${x}`,
    point: { curve, x },
    task,
    contenders,
    memory: true,
    seconds: 0.15,
    rounds: 3,
  };
};
const hidden = (depth: number) => Array.from({ length: depth }, () => 128);

export const growth: Work = {
  name: "growth",
  about:
    "How training grows with the batch (784-128-10), the width (784-w-10, batch 32) and the depth (784, hidden layers " +
    "of 128, 10, batch 32), SGD through `fit`, one thread each.",
  races: () => [
    ...[1, 4, 16, 64, 256, 1024, 4096].map((x) =>
      race("batch size", x, { ...mnist, batchSize: x, learningRate: 0.005 }),
    ),
    ...[8, 32, 128, 512, 2048].map((x) =>
      race("width", x, { ...mnist, widths: [784, x, 10], learningRate: 0.005 }),
    ),
    ...[1, 2, 4, 8, 16].map((x) =>
      race("depth", x, { ...mnist, widths: [784, ...hidden(x), 10], learningRate: 0.005 }),
    ),
  ],
};
