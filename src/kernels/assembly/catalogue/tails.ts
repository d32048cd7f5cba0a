import { loadLanes, storeLanes } from "../lanes";

// Vectors of which only the first `count` numbers are there, where that is rare: a call then, so that loops stay small. A loop
// over whole vectors gives 4, a constant, which leaves no question in it: that made loops up to twice as fast.

/** The first `count` numbers from an address, any number of them; the other lanes are 0. */
// @ts-ignore: decorator
@inline
export function loadUpTo(from: usize, count: i32): v128 {
  return count >= 4 ? v128.load(from) : loadFew(from, count);
}

/** Writes the first `count` lanes. */
// @ts-ignore: decorator
@inline
export function storeUpTo(to: usize, x: v128, count: i32): void {
  if (count >= 4) v128.store(to, x);
  else storeFew(to, x, count);
}

function loadFew(from: usize, count: i32): v128 {
  return loadLanes(from, count);
}

function storeFew(to: usize, x: v128, count: i32): void {
  storeLanes(to, x, count);
}
