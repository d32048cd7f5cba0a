import type { Matrix } from "../matrix.js";
import type { Random } from "../random.js";
import { truncatedNormalAt } from "./truncated.js";

export function fillUniform(value: Matrix, low: number, high: number, random: Random): void {
  const { data } = value;
  for (let i = 0; i < data.length; i++) data[i] = low + (high - low) * random.uniform(i);
}

export function fillNormal(value: Matrix, mean: number, deviation: number, random: Random): void {
  const { data } = value;
  for (let i = 0; i < data.length; i++) data[i] = mean + deviation * random.normal(i);
}

/** `low` and `high` in units of the value. */
export function fillTruncated(
  value: Matrix,
  { mean, deviation, low, high }: { mean: number; deviation: number; low: number; high: number },
  random: Random,
): void {
  const { data } = value;
  const [from, to] = [(low - mean) / deviation, (high - mean) / deviation];
  for (let i = 0; i < data.length; i++) {
    const x = mean + deviation * truncatedNormalAt(i, from, to, random);
    data[i] = Math.min(Math.max(x, low), high);
  }
}
