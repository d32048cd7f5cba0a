import { type Streamed, streamAll } from "./stream-memory.js";

const rows = Number(process.argv[2] ?? 10_000_000);
console.log(`${rows} rows of a CSV file, Node ${process.versions.node}`);
const mebibytes = (bytes: number) => Math.round(bytes / 2 ** 20);
await streamAll(rows, ({ method, rowsPerSecond, slope, along, peak }: Streamed) => {
  const rate = String(Math.round(rowsPerSecond / 1000)).padStart(6);
  const memory = along.map(mebibytes).join(" ");
  console.log(
    `${method.padEnd(12)} ${rate}k rows/s  MiB after 20, 40 … 100 %: ${memory}, most ${mebibytes(peak)}` +
      (method === "bytes alone" ? "" : `; ${slope.toFixed(3)} bytes a row over the last 80 %`),
  );
  if (slope > 1 && rows >= 10_000_000) process.exitCode = 1;
});
