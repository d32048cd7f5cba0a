/** A process that trains with checkpoints, and goes on from the last one when it is started again. */
import { createHash } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import {
  Adam,
  accuracy,
  Dense,
  Dropout,
  lambda,
  Matrix,
  modelToBytes,
  ReLU,
  Sequential,
  setNumerics,
  softmaxCrossEntropy,
} from "chainrule";
import { checkpoint } from "chainrule/node";
import { rowsOf } from "../support/rows.js";
import type { Report } from "./report.js";

setNumerics("exact"); // the same bytes on every machine

const [folder, epochs] = [process.argv[2], Number(process.argv[3])];
const rows = (await rowsOf("digits")).map(({ digit, ...pixels }) => ({ digit, ink: Object.values(pixels) }));
const x = Matrix.from(rows.map(({ ink }) => ink.map((value) => value / 16)));
const y = Matrix.from(rows.map(({ digit }) => [digit]));

const model = new Sequential(
  [new Dense({ units: 64 }), new ReLU(), new Dropout({ rate: 0.2 }), new Dense({ units: 10 })],
  { input: [64], seed: 1 },
).compile({ loss: softmaxCrossEntropy(), optimizer: new Adam(), metrics: [accuracy()] });

const progress = lambda({
  async onBatchEnd({ epoch, batch, batches = 0 }) {
    process.send?.({ step: epoch * batches + batch + 1 } satisfies Report);
    await setTimeout(2); // as if each step were much work
  },
});

const { loss } = await model.fit(
  { x, y },
  {
    epochs,
    resume: folder, // from the newest checkpoint; from the start where there is none
    callbacks: [progress, checkpoint(folder, { every: 25 })],
  },
);

const sha256 = createHash("sha256").update(modelToBytes(model)).digest("hex");
process.send?.({ loss, sha256 } satisfies Report);
process.disconnect();
