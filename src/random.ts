import { describe, fail } from "./errors.js";
import { cosTau } from "./numeric/circle.js";
import { log } from "./numeric/logarithm.js";

/** The high 32 bits of the 64-bit product of two unsigned 32-bit numbers; no part of it is beyond 32 bits. */
function mulHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = (Math.imul(aHigh, bLow) + (Math.imul(aLow, bLow) >>> 16)) | 0;
  const carried = (Math.imul(aLow, bHigh) + (middle & 0xffff)) | 0;
  return (Math.imul(aHigh, bHigh) + (middle >>> 16) + (carried >>> 16)) | 0;
}

/**
 * Philox 4×32-10: four random 32-bit words that depend on a 128-bit counter and a 64-bit key, and on nothing else.
 * J. Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", 2011.
 */
export function philox(counter: ArrayLike<number>, key: ArrayLike<number>, words: Uint32Array, at = 0): void {
  // Plain variables: taking arrays apart in this loop makes it four times as slow.
  let c0 = counter[0] | 0;
  let c1 = counter[1] | 0;
  let c2 = counter[2] | 0;
  let c3 = counter[3] | 0;
  let k0 = key[0];
  let k1 = key[1];
  for (let round = 0; round < 10; round++) {
    const high0 = mulHigh(0xd2511f53, c0);
    const high1 = mulHigh(0xcd9e8d57, c2);
    const low0 = Math.imul(0xd2511f53, c0);
    const low1 = Math.imul(0xcd9e8d57, c2);
    c0 = high1 ^ c1 ^ k0;
    c1 = low1;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 = (k0 + 0x9e3779b9) | 0;
    k1 = (k1 + 0xbb67ae85) | 0;
  }
  words[at] = c0;
  words[at + 1] = c1;
  words[at + 2] = c2;
  words[at + 3] = c3;
}

/** The fourth counter word of derived keys; draws never reach it, since their example number stays below 2⁵³. */
const CHILD = 0xffffffff;

/** Unsigned 32-bit words spread from a text (FNV-1a with two starts), so that a name can pick a key. */
function hash(label: string): [number, number] {
  let [a, b] = [0x811c9dc5, 0x9747b28c];
  for (let i = 0; i < label.length; i++) {
    a = Math.imul(a ^ label.charCodeAt(i), 0x01000193);
    b = Math.imul(b ^ label.charCodeAt(i), 0x85ebca6b);
  }
  return [a >>> 0, b >>> 0];
}

/** The number in [0, 1) that has the upper 27 bits of one word and the upper 26 of another behind its point. */
function fraction(high: number, low: number): number {
  return ((high >>> 5) * 2 ** 26 + (low >>> 6)) / 2 ** 53;
}

/** A normal number from four words: √(−2 ln u)·cos 2πv */
function normalOf(words: Uint32Array, at: number): number {
  const u = 1 - fraction(words[at], words[at + 1]);
  const v = fraction(words[at + 2], words[at + 3]);
  return Math.sqrt(-2 * log(u)) * cosTau(v);
}

/**
 * Random numbers by counter: the i-th number of a step and an example is a function of those three and of the key.
 * Nothing is consumed, so it does not matter who draws, in which order, or in what batch; the only state is the key.
 */
export class Random {
  private readonly counter = new Uint32Array(4);
  private readonly words = new Uint32Array(4);
  private drawn = false;
  private row = new Uint32Array(0);

  private constructor(readonly key: readonly [number, number]) {}

  /** @param seed a whole number from 0 to 2⁵³ − 1 */
  static fromSeed(seed: number): Random {
    if (!Number.isSafeInteger(seed) || seed < 0) fail("Random", "a seed from 0 to 2⁵³ − 1", describe(seed));
    return new Random([seed >>> 0, Math.floor(seed / 2 ** 32)]);
  }

  /** An independent stream for a named purpose: `random.child("shuffle")`, `random.child("2.mask")`. */
  child(label: string): Random {
    const words = new Uint32Array(4);
    philox([...hash(label), label.length, CHILD], this.key, words);
    return new Random([words[0], words[1]]);
  }

  /** The `index`-th word of a step and an example: a whole number, uniform in [0, 2³²). */
  word(index: number, step = 0, example = 0): number {
    return this.block(index >>> 2, step, example)[index & 3];
  }

  /** The first words of a step and an example, as many as there is room for in whole blocks of four. */
  fill(words: Uint32Array, step = 0, example = 0): void {
    const { counter } = this;
    this.drawn = false;
    counter[1] = example;
    counter[2] = step;
    counter[3] = Math.floor(example / 2 ** 32);
    for (let at = 0; at + 4 <= words.length; at += 4) {
      counter[0] = at >>> 2;
      philox(counter, this.key, words, at);
    }
  }

  /** The first words of a step and an example as shares of 2³²: uniform in [0, 1), with 32 random bits. */
  shares(into: Float64Array, step = 0, example = 0): void {
    const words = this.room(into.length);
    this.fill(words, step, example);
    for (let i = 0; i < into.length; i++) into[i] = words[i] / 2 ** 32;
  }

  /** The first numbers of a step and an example, as `normal` gives them one by one. */
  normals(into: Float64Array, step = 0, example = 0): void {
    const words = this.room(4 * into.length);
    this.fill(words, step, example);
    for (let i = 0; i < into.length; i++) into[i] = normalOf(words, 4 * i);
  }

  /** The `index`-th number, uniform in [0, 1), with 53 random bits. */
  uniform(index: number, step = 0, example = 0): number {
    const words = this.block(index >>> 1, step, example);
    const at = 2 * (index & 1);
    return fraction(words[at], words[at + 1]);
  }

  /** The `index`-th number, normal with mean 0 and variance 1: √(−2 ln u)·cos 2πv (Box and Muller 1958). */
  normal(index: number, step = 0, example = 0): number {
    return normalOf(this.block(index, step, example), 0);
  }

  /** At least so many words in whole blocks, kept for the next row. */
  private room(count: number): Uint32Array {
    const length = 4 * Math.ceil(count / 4);
    if (this.row.length !== length) this.row = new Uint32Array(length);
    return this.row;
  }

  /** Words 4·number to 4·number + 3 of a step and an example; the last block is kept, since most are asked for again. */
  private block(number: number, step: number, example: number): Uint32Array {
    const { counter, words } = this;
    const low = example >>> 0;
    const high = Math.floor(example / 2 ** 32);
    const same =
      counter[0] === number && counter[1] === low && counter[2] === step >>> 0 && counter[3] === high;
    if (this.drawn && same) return words;
    counter[0] = number;
    counter[1] = low;
    counter[2] = step;
    counter[3] = high;
    philox(counter, this.key, words);
    this.drawn = true;
    return words;
  }

  /** The numbers 0 … length − 1 in an order that only the key and `step` decide (Fisher and Yates 1938). */
  permutation(length: number, step = 0): Uint32Array {
    const order = Uint32Array.from({ length }, (_, i) => i);
    for (let i = length - 1; i > 0; i--) {
      const j = Math.floor(this.uniform(i, step) * (i + 1));
      const kept = order[i];
      order[i] = order[j];
      order[j] = kept;
    }
    return order;
  }
}
