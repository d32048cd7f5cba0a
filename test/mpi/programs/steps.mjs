// Steps without end; rank 0 says when the first are made.
import { appendFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { mpi } from "chainrule/mpi";

const world = await mpi({ timeout: process.argv[3] });
appendFileSync(process.argv[2], `${process.pid}\n`);
const numbers = new Float32Array(1000);
for (let step = 1; step < 10_000; step++) {
  world.during(`step ${step}`);
  world.allReduceSum(numbers);
  if (step === 5 && world.rank === 0) console.log("READY");
  await sleep(10);
}
