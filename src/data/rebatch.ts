import { Matrix } from "../matrix.js";
import { type Batch, type Dataset, iterate } from "./dataset.js";

/** The same rows in the same order, in batches of `rows` rows; the last may be smaller. */
export function rebatch(data: Dataset, rows: number): AsyncIterable<Batch> {
  return { [Symbol.asyncIterator]: () => regroup(iterate(data), rows) };
}

async function* regroup(
  batches: Iterator<Batch> | AsyncIterator<Batch>,
  rows: number,
): AsyncGenerator<Batch> {
  let waiting: Batch[] = [];
  let count = 0;
  try {
    for (let next = await batches.next(); !next.done; next = await batches.next()) {
      waiting.push(next.value);
      count += next.value.x.rows;
      if (count < rows) continue;
      const all = concatenate(waiting);
      let start = 0;
      for (; start + rows <= count; start += rows) yield slice(all, start, start + rows);
      waiting = start < count ? [slice(all, start, count)] : [];
      count -= start;
    }
    if (count > 0) yield concatenate(waiting);
  } finally {
    await batches.return?.();
  }
}

function slice({ x, y, sampleWeight }: Batch, start: number, end: number): Batch {
  const part = { x: x.slice(start, end), y: y.slice(start, end) };
  return sampleWeight === undefined ? part : { ...part, sampleWeight: sampleWeight.slice(start, end) };
}

function concatenate(batches: readonly Batch[]): Batch {
  const joined = { x: stack(batches.map((b) => b.x)), y: stack(batches.map((b) => b.y)) };
  if (batches.every((b) => b.sampleWeight === undefined)) return joined;
  const weights = batches.map((b) => b.sampleWeight ?? Matrix.full(b.x.rows, 1, 1, b.x.dtype));
  return { ...joined, sampleWeight: stack(weights) };
}

/** Matrices one below the other. */
function stack(parts: readonly Matrix[]): Matrix {
  if (parts.length === 1) return parts[0];
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const all = Matrix.zeros(rows, parts[0].cols, parts[0].dtype);
  let at = 0;
  for (const part of parts) {
    all.data.set(part.data, at);
    at += part.data.length;
  }
  return all;
}
