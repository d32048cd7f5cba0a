import { type Batch, Matrix, Random } from "chainrule";
import { distort } from "./distort.js";

/** Goes through all digits without end to its passes: in another order each time, every digit changed a little. */
export function distortedBatches(digits: Batch, batchSize: number, seed: number): Iterable<Batch> {
  const random = Random.fromSeed(seed);
  const [order, changes] = [random.child("order"), random.child("distort")];
  const { rows, cols } = digits.x;
  let passes = 0;
  return {
    *[Symbol.iterator]() {
      const pass = passes++;
      const places = order.permutation(rows, pass);
      for (let from = 0; from < rows; from += batchSize) {
        const chosen = places.subarray(from, from + batchSize);
        const pixels = new Float32Array(chosen.length * cols);
        const labels = new Float32Array(chosen.length);
        chosen.forEach((place, row) => {
          pixels.set(digits.x.data.subarray(place * cols, (place + 1) * cols), row * cols);
          labels[row] = digits.y.data[place];
        });
        const x = new Matrix(chosen.length, cols, distort(pixels, changes, pass, chosen));
        yield { x, y: new Matrix(chosen.length, 1, labels) };
      }
    },
  };
}
