import { ours } from "../ours.js";
import { bigger, mnist, tiny } from "./training.js";
import type { Work } from "./work.js";

const both = () => [...ours(), ...ours({ threads: 2 })];

export const threads: Work = {
  name: "threads",
  about: "Two threads over one. A step too small for threads must not be slower because they are there.",
  races: () => [
    { title: "1024 × 1024, `matmul`", task: { kind: "matmul", size: 1024 }, contenders: both() },
    { title: "784-512-512-10, batch 128, Adam", task: bigger, contenders: both() },
    { title: "784-128-10, batch 32, SGD", task: mnist, contenders: both() },
    { title: "2-8-1, four rows", task: tiny, contenders: [...ours(), ...ours({ threads: 2, pool: true })] },
  ],
};
