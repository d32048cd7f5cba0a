// Trains as each scenario says; rank 0 says what came out, and how many ranks have something else.
import { createHash } from "node:crypto";
import { mpi } from "chainrule/mpi";
import { run } from "../../distributed/support/run.js";
import { scenarios } from "../../distributed/support/scenarios.js";

const how = process.argv[2];
// Of the penalties of layers the loss is reported to the last digit but one.
const all = Object.keys(scenarios).filter((name) => name !== "penalties of layers");
// What has most kinds of sums, and a stream that all ranks read.
const few = ["the issue's list", "embeddings from a stream"];
const names = how === "few" ? few : all;
const world = how === "plain" ? undefined : await mpi({ timeout: 10 });

for (const name of names) {
  const { bytes, numbers, history, checkpoint } = await run(name, world);
  const parts = [bytes, checkpoint, JSON.stringify(history)];
  const sha256 = createHash("sha256").update(parts.join("\n")).digest();
  const firsts = Uint8Array.from(sha256);
  world?.broadcast(firsts, 0);
  const others = Float64Array.of(Number(!sha256.equals(firsts)));
  world?.allReduceSum(others);
  const ranks = world?.size ?? 1;
  const result = { name, sha256: sha256.toString("hex"), ranks, others: others[0] };
  const line = { ...result, ...(ranks === 1 && { numbers, history }) };
  if (world === undefined || world.rank === 0) console.log(`RESULT ${JSON.stringify(line)}`);
}
