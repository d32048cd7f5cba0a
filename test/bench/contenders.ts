import type { ContenderResult, RaceResult } from "../../bench/report/results.js";

/** A contender that did as given, and nothing remarkable else. */
export function contender(given: Partial<ContenderResult> & { name: string }): ContenderResult {
  return { group: given.name, ours: false, threads: 1, ceiling: "", check: [2, 1], rates: [1], ...given };
}

export function race(...contenders: readonly ContenderResult[]): RaceResult {
  return { title: "", unit: "examples/s", flops: 1, contenders };
}
