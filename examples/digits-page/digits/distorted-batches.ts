import { type Batch, Matrix, Random } from "chainrule";
import { distort } from "./distort.js";
import { serifOne } from "./serif-one.js";

/** So many of the ones get a serif. */
const SERIFS = 0.15;

/** Goes through all digits without end to its passes: in another order each time, every digit changed a little. */
export function distortedBatches(digits: Batch, batchSize: number, seed: number): Iterable<Batch> {
  const random = Random.fromSeed(seed);
  const [order, changes, serifs] = ["order", "distort", "serif"].map((name) => random.child(name));
  const { rows, cols } = digits.x;
  const digit = (place: number, pass: number): Float32Array =>
    digits.y.data[place] === 1 && serifs.uniform(8, pass, place) < SERIFS
      ? serifOne(serifs, pass, place)
      : (digits.x.data.subarray(place * cols, (place + 1) * cols) as Float32Array);
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
          pixels.set(digit(place, pass), row * cols);
          labels[row] = digits.y.data[place];
        });
        const x = new Matrix(chosen.length, cols, distort(pixels, changes, pass, chosen));
        yield { x, y: new Matrix(chosen.length, 1, labels) };
      }
    },
  };
}
