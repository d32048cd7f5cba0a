import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { models } from "./models.js";
import { normalRows, shuffleThere } from "./support.js";
import { core, predictThere, savedThere } from "./tensorflowjs.js";

// Models that TensorFlow.js saved, for those who have it not: npx tsx test/peers/write-fixtures.ts
const written: Record<string, object> = {};
for (const [name, { make, x }] of Object.entries(models)) {
  const there = make();
  shuffleThere(there);
  const { weightData, weightSpecs, ...rest } = await savedThere(there);
  const weights = Buffer.from(weightData).toString("base64");
  const weightsManifest = [{ paths: ["weights.bin"], weights: weightSpecs }];
  const files = { modelJson: { ...rest, weightsManifest }, weights };
  const y = predictThere(there, x);
  written[name] = { ...files, x: x.toArray(), y, ...(name === "dense" && (await trained())) };

  /** Five steps of gradient descent. */
  async function trained() {
    const targets = normalRows(x.rows, 2, 3).toArray();
    there.compile({ optimizer: core.train.sgd(0.05), loss: "meanSquaredError" });
    const losses: number[] = [];
    for (let step = 0; step < 5; step++) {
      losses.push(await there.trainOnBatch(core.tensor2d(x.toArray()), core.tensor2d(targets)));
    }
    return { targets, losses, after: predictThere(there, x) };
  }
}
const lines = Object.entries(written).map(([name, one]) => `${JSON.stringify(name)}: ${JSON.stringify(one)}`);
const path = fileURLToPath(new URL("../fixtures/keras/tensorflowjs.json", import.meta.url));
writeFileSync(path, `{\n${lines.join(",\n")}\n}\n`);
