/**
 * Trains the network that the page opens with, on all digits of MNIST, each changed a little in every pass.
 *
 *     npm run page:train        writes public/model.safetensors, after some minutes
 */
import { fileURLToPath } from "node:url";
import { Adam, accuracy, cosineDecay, Dense, ReLU, Sequential, softmaxCrossEntropy } from "chainrule";
import { mnist, progressBar, saveModel } from "chainrule/node";
import { distortedBatches } from "./distorted-batches.js";

const [epochs, batchSize, seed] = [40, 128, 7];

const { train, test } = await mnist();
const steps = epochs * Math.ceil(train.x.rows / batchSize);

// Two hidden layers, the second small enough that every unit of it can be looked at.
const model = new Sequential(
  [new Dense({ units: 128 }), new ReLU(), new Dense({ units: 32 }), new ReLU(), new Dense({ units: 10 })],
  { input: [784], seed },
).compile({
  loss: softmaxCrossEntropy(),
  optimizer: new Adam({ learningRate: cosineDecay({ initial: 2e-3, steps }) }),
  metrics: [accuracy()],
});

await model.fit(distortedBatches(train, batchSize, seed), { epochs, callbacks: [progressBar()] });

const { accuracy: share } = await model.evaluate(test);
const path = fileURLToPath(new URL("../public/model.safetensors", import.meta.url));
await saveModel(model, path);
console.log(`test accuracy: ${share.toFixed(4)}`);
