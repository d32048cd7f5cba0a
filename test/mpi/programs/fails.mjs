// Twenty steps, of which rank 1 makes a few: then it does what its argument says.
import { appendFileSync } from "node:fs";
import { mpi } from "chainrule/mpi";

const [how, pids] = process.argv.slice(2);
const world = await mpi({ timeout: how === "stall" || how === "stop" || how === "stall0" ? 1 : 60 });
if (pids !== undefined) appendFileSync(pids, `${process.pid}\n`);
const numbers = new Float32Array(1000);
const failing = how === "stall0" ? 0 : 1;
const steps = how === "fewer" && world.rank === failing ? 5 : 20;

const failures = {
  throw() {
    throw new Error("a bad picture");
  },
  reject() {
    Promise.reject(new Error("a bad download"));
  },
  exit0: () => process.exit(0),
  exit3: () => process.exit(3),
  kill: () => process.kill(process.pid, "SIGKILL"),
  stop: () => process.kill(process.pid, "SIGSTOP"),
  stall() {
    for (;;);
  },
  stall0() {
    for (;;);
  },
  abort: () => world.abort(new Error("enough")),
  longer: () => world.allReduceSum(new Float32Array(7)),
  other: () => world.broadcast(numbers, 0),
  never: () => new Promise(() => {}),
};

for (let step = 1; step <= steps; step++) {
  if (step === 6 && world.rank === failing) await failures[how]?.();
  // Gives way to the next turn, as a training does now and then.
  await new Promise((resolve) => setImmediate(resolve));
  world.during(`step ${step}`);
  world.allReduceSum(numbers);
}
