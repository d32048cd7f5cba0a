import { Matrix } from "../matrix.js";
import { type Batch, closeQuietly, type Dataset, iterate, type Passes, passes } from "./dataset.js";

/** The same rows in the same order, in batches of `rows` rows; the last may be smaller. `read` checks each batch first. */
export function rebatch(data: Dataset, rows: number, read: (batch: Batch) => Batch): Passes {
  return passes((pass) => regroup(iterate(data, pass), rows, read));
}

function regroup(
  source: Iterator<Batch> | AsyncIterator<Batch>,
  rows: number,
  read: (batch: Batch) => Batch,
): AsyncIterator<Batch> {
  let batch: Batch | undefined; // the source's last, of which the rows from `start` on are still to be given
  let start = 0;
  return {
    async next() {
      const parts: Batch[] = []; // copies, since a source may use its matrices again
      for (let missing = rows; missing > 0; ) {
        if (batch === undefined) {
          const { done, value } = await source.next();
          if (done) break;
          try {
            [batch, start] = [read(value), 0];
          } catch (error) {
            await closeQuietly(source); // whoever gets an error from an iterator does not close it
            throw error;
          }
        }
        const end = Math.min(start + missing, batch.x.rows);
        if (end > start) parts.push(slice(batch, start, end));
        missing -= end - start;
        start = end;
        if (start === batch.x.rows) batch = undefined;
      }
      return parts.length === 0
        ? { done: true, value: undefined }
        : { done: false, value: concatenate(parts) };
    },
    async return() {
      await source.return?.();
      return { done: true, value: undefined };
    },
  };
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
