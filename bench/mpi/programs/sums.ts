// The time of a sum over all ranks, by its size: the median of many, in microseconds.
import { mpi } from "chainrule/mpi";
import { median } from "../../statistics.js";
import { readJob } from "../job.js";

const { bytes } = readJob<{ readonly bytes: readonly number[] }>();
const world = await mpi({ timeout: 60 });

/** How long a size may take, in milliseconds. */
const BUDGET = 300;

const microseconds = bytes.map((size) => {
  const numbers = new Float32Array(size / 4);
  const time = () => {
    const start = performance.now();
    world.allReduceSum(numbers);
    return performance.now() - start;
  };
  const first = median([time(), time(), time()]);
  const count = Float64Array.of(Math.max(9, Math.min(1000, Math.ceil(BUDGET / first))));
  world.broadcast(count, 0);
  return 1000 * median(Array.from({ length: count[0] }, time));
});
if (world.rank === 0) console.log(JSON.stringify({ microseconds }));
