import type { Meaning } from "../../losses/loss.js";
import type { Matrix } from "../../matrix.js";
import { exp } from "../../numeric/exponential.js";

/** How probable a prediction holds each class: of logits by softmax, or, of a single one, by the logistic function. */
export function chanceOf(
  meaning: Meaning | undefined,
  { cols, data }: Matrix,
  row: number,
): ((which: number) => number) | undefined {
  if (meaning !== "logit" && meaning !== "probability") return undefined;
  const numbers = Array.from(data.slice(row * cols, (row + 1) * cols));
  if (cols === 1) {
    const yes = meaning === "logit" ? 1 / (1 + exp(-numbers[0])) : numbers[0];
    return (which) => (which === 1 ? yes : 1 - yes);
  }
  if (meaning === "probability") return (which) => numbers[which];
  const largest = Math.max(...numbers);
  const powers = numbers.map((z) => exp(z - largest));
  const sum = powers.reduce((total, power) => total + power);
  return (which) => powers[which] / sum;
}
