import { type Streamed, streamAll } from "./stream-memory.js";

const rows = Number(process.argv[2] ?? 10_000_000);
console.log(`${rows} rows of a CSV file, Node ${process.versions.node}`);
let reading = 0;
const tell = ({ method, rowsPerSecond, slope, peak }: Streamed) => {
  reading ||= rowsPerSecond;
  console.log(
    `${method.padEnd(14)} ${Math.round(rowsPerSecond / 1000)}k rows/s (${Math.round((100 * rowsPerSecond) / reading)} % of reading alone), ` +
      `peak ${Math.round(peak / 2 ** 20)} MiB, ${slope.toFixed(3)} bytes a row over the last 80 %`,
  );
  if (slope > 1 && rows >= 10_000_000) process.exitCode = 1;
};
await streamAll(rows, tell);
