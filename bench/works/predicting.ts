import { onnx } from "../javascript-peers.js";
import { ours } from "../ours.js";
import { pytorchPredictingMany, pytorchPredictingOne } from "../python-peers.js";
import type { PredictTask } from "../tasks.js";
import type { Work } from "./work.js";

const task: PredictTask = { kind: "predict", widths: [784, 128, 10], rows: 1 };

export const predicting: readonly Work[] = [
  {
    name: "predict-one",
    about: "The probabilities for one row, 784-128-10 with a softmax.",
    races: () => [
      { title: "", task, contenders: [...ours(), onnx("node"), onnx("web"), ...pytorchPredictingOne()] },
    ],
  },
  {
    name: "predict-10000",
    about: "The probabilities for 10,000 rows, 784-128-10 with a softmax.",
    races: () => [
      {
        title: "",
        task: { ...task, rows: 10_000 },
        contenders: [
          ...ours(),
          ...ours({ threads: 2 }),
          ...pytorchPredictingMany(),
          onnx("node"),
          onnx("node", 2),
          onnx("web"),
        ],
      },
    ],
  },
];
