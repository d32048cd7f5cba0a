import { type Matrix, Random } from "../../src/index.js";
import type { SetOf } from "./settings.js";

/**
 * The rows of each fold, `repeats` times `count` of them: a shuffled deck is dealt to the folds in turn, sorted by class
 * before, so that every fold has its share of each class.
 */
export function foldsOf(set: SetOf, y: Matrix, count: number, repeats: number, seed: number): number[][] {
  const random = Random.fromSeed(seed).child(set.name);
  return Array.from({ length: repeats }, (_, repeat) => {
    const deck = [...random.permutation(y.rows, repeat)];
    if (set.classes > 0) deck.sort((a, b) => y.data[a] - y.data[b]); // stable: shuffled within each class
    return Array.from({ length: count }, (_, fold) => deck.filter((_, i) => i % count === fold));
  }).flat();
}

/** The rows that are not in this fold. */
export function others(rows: number, fold: readonly number[]): number[] {
  const left = new Set(fold);
  return Array.from({ length: rows }, (_, row) => row).filter((row) => !left.has(row));
}
