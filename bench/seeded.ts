/** Numbers in [0, 1) that are the same in every run. The generator is xorshift32, G. Marsaglia, 2003. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
