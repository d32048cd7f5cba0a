import { type Batch, type Dataset, isDataset, isOneShot, iterate } from "../../data/dataset.js";
import { Matrix } from "../../matrix.js";

/** Rows that are looked at, at most. */
const MOST_ROWS = 10_000;
/** And numbers in them. */
const MOST_NUMBERS = 2 ** 24;

/** Rows to look at, and whether there are more. */
export interface Rows {
  readonly x: Matrix;
  readonly y: Matrix;
  readonly areAll: boolean;
}

/** The first rows of data; nothing where it can be gone through only once, which is another's to do. */
export async function firstRows(data: Batch | Dataset): Promise<Rows | undefined> {
  if (!isDataset(data)) return rowsOf(data);
  if (isOneShot(data)) return undefined;
  const batches: Batch[] = [];
  let rows = 0;
  let most = MOST_ROWS;
  const source = iterate(data);
  for (;;) {
    const { done, value } = await source.next();
    if (done) break;
    batches.push(value);
    rows += value.x.rows;
    most = mostRows(value);
    if (rows > most) {
      await source.return?.();
      break;
    }
  }
  if (rows === 0) return undefined;
  return rowsOf({ x: joined(batches.map(({ x }) => x)), y: joined(batches.map(({ y }) => y)) }, most);
}

const mostRows = ({ x, y }: Batch) =>
  Math.max(1, Math.min(MOST_ROWS, Math.floor(MOST_NUMBERS / (x.cols + y.cols))));

function rowsOf(batch: Batch, most = mostRows(batch)): Rows | undefined {
  const { x, y } = batch;
  if (x.rows === 0) return undefined;
  const areAll = x.rows <= most;
  return areAll ? { x, y, areAll } : { x: x.slice(0, most), y: y.slice(0, most), areAll };
}

function joined(parts: readonly Matrix[]): Matrix {
  const [{ cols, dtype }] = parts;
  const whole = Matrix.zeros(
    parts.reduce((rows, part) => rows + part.rows, 0),
    cols,
    dtype,
  );
  let at = 0;
  for (const { data } of parts) {
    whole.data.set(data, at);
    at += data.length;
  }
  return whole;
}
