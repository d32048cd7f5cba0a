// Philox 4×32-10 of src/random.ts: `even` has words 0 and 2 of two counters, which are multiplied, `odd` words 1 and 3.

/** Where the words of eight counters are left, in the room that kernels have to work in. */
export const words: usize = 768;

/** Words 0 and 2, the number of the block and the step, of blocks 0 and 1 of any example. */
// @ts-ignore: decorator
@inline
export function firstBlocks(step: i32): v128 {
  return i32x4(0, step, 1, step);
}

/** The same of eight blocks on. */
// @ts-ignore: decorator
@inline
export function eightOn(even: v128): v128 {
  return i32x4.add(even, i32x4(8, 0, 8, 0));
}

/** Two unsigned words, twice: a key, or the number of an example. */
// @ts-ignore: decorator
@inline
export function pair(low: i32, high: i32): v128 {
  return i32x4(low, high, low, high);
}

/** The random words of eight blocks, in `words`: so many fit the registers, and none waits long for another. */
export function draw(even: v128, odd: v128, key: v128): void {
  const factors = i32x4(0xd2511f53, 0xcd9e8d57, 0xd2511f53, 0xcd9e8d57);
  const growth = i32x4(0x9e3779b9, 0xbb67ae85, 0x9e3779b9, 0xbb67ae85);
  const two = i32x4(2, 0, 2, 0);
  let even1 = i32x4.add(even, two), even2 = i32x4.add(even1, two), even3 = i32x4.add(even2, two);
  let odd1 = odd, odd2 = odd, odd3 = odd;
  for (let round = 0; round < 10; round++) {
    let a = i64x2.extmul_low_i32x4_u(even, factors), b = i64x2.extmul_high_i32x4_u(even, factors);
    even = v128.xor(v128.xor(i32x4.shuffle(a, b, 3, 1, 7, 5), odd), key);
    odd = i32x4.shuffle(a, b, 2, 0, 6, 4);
    a = i64x2.extmul_low_i32x4_u(even1, factors), b = i64x2.extmul_high_i32x4_u(even1, factors);
    even1 = v128.xor(v128.xor(i32x4.shuffle(a, b, 3, 1, 7, 5), odd1), key);
    odd1 = i32x4.shuffle(a, b, 2, 0, 6, 4);
    a = i64x2.extmul_low_i32x4_u(even2, factors), b = i64x2.extmul_high_i32x4_u(even2, factors);
    even2 = v128.xor(v128.xor(i32x4.shuffle(a, b, 3, 1, 7, 5), odd2), key);
    odd2 = i32x4.shuffle(a, b, 2, 0, 6, 4);
    a = i64x2.extmul_low_i32x4_u(even3, factors), b = i64x2.extmul_high_i32x4_u(even3, factors);
    even3 = v128.xor(v128.xor(i32x4.shuffle(a, b, 3, 1, 7, 5), odd3), key);
    odd3 = i32x4.shuffle(a, b, 2, 0, 6, 4);
    key = i32x4.add(key, growth);
  }
  keep(even, odd, words), keep(even1, odd1, words + 32), keep(even2, odd2, words + 64), keep(even3, odd3, words + 96);
}

/** Two blocks of words in their order. */
// @ts-ignore: decorator
@inline
function keep(even: v128, odd: v128, to: usize): void {
  v128.store(to, i32x4.shuffle(even, odd, 0, 4, 1, 5)), v128.store(to, i32x4.shuffle(even, odd, 2, 6, 3, 7), 16);
}
