import type { Sums } from "../../model/team.js";

/** What is added up of each shard: its loss, its weight, its rows. */
export const SUMS = 3;

/** Shard after shard, so that the sums are the same in every process. */
export function totalOf(all: Float64Array): Sums {
  let [sum, weight, rows] = [0, 0, 0];
  for (let i = 0; i < all.length; i += SUMS) {
    sum += all[i];
    weight += all[i + 1];
    rows += all[i + 2];
  }
  return { sum, weight, rows };
}
