import { peaks } from "../peaks.js";
import { growth } from "./growth.js";
import { predicting } from "./predicting.js";
import { matmul, products } from "./products.js";
import { threads } from "./threads.js";
import { training } from "./training.js";
import type { Work } from "./work.js";

/** Runs first whatever is asked for: the others' figures are shares of it. */
export const peak: Work = {
  name: "peak",
  about:
    "Multiply-adds in registers on one thread, and OpenBLAS at 1024 × 1024: what this machine can do at most.",
  races: () => [{ title: "", task: { kind: "peak" }, contenders: peaks(), seconds: 0.2 }],
};

/** All the others, in the order of the results. */
export const works: readonly Work[] = [products, matmul, ...training, ...predicting, threads, growth];
