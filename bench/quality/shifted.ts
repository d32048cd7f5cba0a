import { type Batch, Matrix, Random } from "../../src/index.js";

/**
 * Batches of square pictures in a new order each time they are gone through, each moved by −1, 0 or 1 pixel in either
 * direction; what comes in at an edge is 0.
 */
export function shifted(
  { x, y }: Batch,
  { side, batchSize, seed }: { side: number; batchSize: number; seed: number },
): Iterable<Batch> {
  const random = Random.fromSeed(seed).child("shifted");
  let pass = 0;
  return {
    *[Symbol.iterator]() {
      const order = random.permutation(x.rows, pass);
      const moves = random.child("moves");
      for (let first = 0; first < x.rows; first += batchSize) {
        const rows = order.subarray(first, first + batchSize);
        const pictures = new Float32Array(rows.length * x.cols);
        for (const [i, row] of rows.entries()) {
          const move = moves.word(0, pass, row) % 9;
          const [down, right] = [Math.floor(move / 3) - 1, (move % 3) - 1];
          const from = x.data.subarray(row * x.cols, (row + 1) * x.cols);
          shift(from, pictures.subarray(i * x.cols, (i + 1) * x.cols), side, down, right);
        }
        yield { x: new Matrix(rows.length, x.cols, pictures), y: y.gather(rows) };
      }
      pass++;
    },
  };
}

/** Copies a picture, moved, onto zeros. */
export function shift(
  from: ArrayLike<number>,
  to: Float32Array,
  side: number,
  down: number,
  right: number,
): void {
  for (let r = Math.max(0, down); r < side + Math.min(0, down); r++) {
    for (let c = Math.max(0, right); c < side + Math.min(0, right); c++) {
      to[r * side + c] = from[(r - down) * side + c - right];
    }
  }
}
