const view = new DataView(new ArrayBuffer(8));

/** The place of a double among all doubles in ascending order: neighbours differ by 1, and both zeros are at 0. */
function place(x: number): bigint {
  view.setFloat64(0, x);
  const bits = view.getBigInt64(0);
  return bits < 0n ? -(bits & 0x7fffffffffffffffn) : bits;
}

/** How many doubles lie between two numbers: 0 if they are equal, Infinity if only one of them is NaN. */
export function ulpsBetween(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Object.is(a, b) ? 0 : Number.POSITIVE_INFINITY;
  const distance = place(a) - place(b);
  return Number(distance < 0n ? -distance : distance);
}

/** The two 32-bit halves of a double, the one with the sign first. */
export function halvesOf(x: number): [number, number] {
  view.setFloat64(0, x);
  return [view.getUint32(0), view.getUint32(4)];
}

/** Random doubles in [0, 1) that every engine draws alike: 53 bits from a 32-bit xorshift generator. */
export function drawer(seed: number): () => number {
  let state = seed;
  const word = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  return () => ((word() >>> 5) * 2 ** 26 + (word() >>> 6)) / 2 ** 53;
}
