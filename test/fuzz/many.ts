import { fuzz } from "./fuzz.js";

// npm run soak:fuzz -- 10000000 2     so many files, with this seed
const [count, seed] = [Number(process.argv[2] ?? 1_000_000), Number(process.argv[3] ?? 2)];
const began = performance.now();
const { files, outcomes, failures, slowest, memory } = await fuzz(count, seed);
for (const [name, times] of Object.entries(outcomes)
  .sort((a, b) => b[1] - a[1])
  .slice(0, 25)) {
  console.log(`${((100 * times) / files).toFixed(2).padStart(6)} %  ${name}`);
}
const minutes = ((performance.now() - began) / 60_000).toFixed(1);
console.log(
  `${files} files in ${minutes} min, ${Object.keys(outcomes).length} kinds of outcome, the slowest took ${slowest.toFixed(0)} ms of processor time, ` +
    `memory of the process up by ${Math.round(memory / 1e6)} MB, ${failures.length} failures`,
);
for (const failure of failures.slice(0, 5)) console.log(failure);
process.exitCode = failures.length === 0 ? 0 : 1;
