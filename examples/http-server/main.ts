/**
 * A model behind an HTTP server: trained on Fisher's irises, saved, loaded once, and asked by requests of JSON.
 *
 *     npm run example:http-server
 */
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  Adam,
  categoricalCrossEntropy,
  Dataset,
  Dense,
  ordinalCategory,
  ReLU,
  Sequential,
  Softmax,
  standardize,
  Table,
} from "chainrule";
import { loadModel, saveModel } from "chainrule/node";
import { rowsOf } from "../support/rows.js";
import { predictHandler } from "./handler.js";

const epochs = process.argv.includes("--short") ? 40 : 100;
const folder = await mkdtemp(join(tmpdir(), "http-server-"));
const path = join(folder, "irises.safetensors");

// 1. Elsewhere, once: training. The table goes into the file, too, so that the server needs to know of no column.
const species = ["setosa", "versicolor", "virginica"];
const flowers = (await rowsOf("iris")).map((row) => ({ ...row, species: species[row.species] }));
const length = standardize();
const table = await new Table({
  columns: { sepal_length: length, sepal_width: length, petal_length: length, petal_width: length },
  target: { species: ordinalCategory({ categories: species }) },
}).fit(flowers);

const trained = new Sequential(
  [new Dense({ units: 16 }), new ReLU(), new Dense({ units: 3 }), new Softmax()],
  {
    table,
    seed: 1,
  },
).compile({ loss: categoricalCrossEntropy(), optimizer: new Adam({ learningRate: 0.01 }) });
await trained.fit(table.batches(Dataset.from(flowers).shuffle(150, 1)), { epochs });
await saveModel(trained, path);

// 2. The server: a free port of this machine.
const server = createServer(predictHandler(await loadModel(path)));
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const { port } = server.address() as AddressInfo;

// 3. Requests, as other programs would send them.
async function ask(body: string): Promise<{ status: number; answer: string }> {
  const response = await fetch(`http://127.0.0.1:${port}/predict`, { method: "POST", body });
  return { status: response.status, answer: (await response.text()).trim() };
}

const flower = '{"sepal_length": 5.9, "sepal_width": 3, "petal_length": 5.1, "petal_width": 1.8}';
const requests = {
  flower,
  flowers: `[${flower},\n      {"sepal_length": 5, "sepal_width": 3.4, "petal_length": 1.5, "petal_width": 0.2}]`,
  incomplete: flower.replace(/, "petal_width.*/, "}"),
  text: flower.replace("5.1", '"long"'),
  broken: flower.slice(0, 40),
};
const statuses: number[] = [];
try {
  for (const body of Object.values(requests)) {
    const { status, answer } = await ask(body);
    console.log(`POST ${body}\n${status}  ${answer}\n`);
    statuses.push(status);
  }

  const { answer } = await ask(JSON.stringify(flowers));
  const found = JSON.parse(answer) as { species: string }[];
  const right = found.filter((one, i) => one.species === flowers[i].species).length;
  console.log(`All ${flowers.length} flowers in one request: ${right} species are right.`);

  const wanted = "200 200 400 400 400";
  if (statuses.join(" ") !== wanted) throw new Error(`expected ${wanted}, but got ${statuses.join(" ")}`);
  if (!(right >= 140)) throw new Error(`expected at least 140 right species, but got ${right}`);
} finally {
  server.close();
  await rm(folder, { recursive: true });
}
