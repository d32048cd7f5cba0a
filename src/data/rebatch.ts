import { Matrix } from "../matrix.js";
import { type Batch, closeQuietly, type Dataset, iterate } from "./dataset.js";

/** The same rows in the same order, in batches of `rows` rows; the last may be smaller. `read` checks each batch first. */
export function rebatch(data: Dataset, rows: number, read: (batch: Batch) => Batch): AsyncIterable<Batch> {
  return { [Symbol.asyncIterator]: () => regroup(iterate(data), rows, read) };
}

async function* regroup(
  batches: Iterator<Batch> | AsyncIterator<Batch>,
  rows: number,
  read: (batch: Batch) => Batch,
): AsyncGenerator<Batch> {
  let waiting: Batch[] = []; // copies, since a source may use its matrices again
  let missing = rows;
  try {
    for (let next = await batches.next(); !next.done; next = await batches.next()) {
      const batch = read(next.value);
      let end = 0;
      for (let start = 0; start < batch.x.rows; start = end) {
        end = Math.min(start + missing, batch.x.rows);
        waiting.push(slice(batch, start, end));
        missing -= end - start;
        if (missing > 0) break;
        yield concatenate(waiting);
        [waiting, missing] = [[], rows];
      }
    }
    if (waiting.length > 0) yield concatenate(waiting);
  } finally {
    await closeQuietly(batches);
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
