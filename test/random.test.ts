import { Random } from "chainrule";
import { describe, expect, it } from "vitest";
import { philox } from "../src/random.js";

const words = (counter: number[], key: number[]) => {
  const result = new Uint32Array(4);
  philox(Uint32Array.from(counter), Uint32Array.from(key), result);
  return [...result].map((word) => word.toString(16).padStart(8, "0")).join(" ");
};

/** Σ (observed − expected)² / expected over counts that should all be equal. */
const chiSquare = (counts: ArrayLike<number>) => {
  const expected = Array.from(counts).reduce((sum, n) => sum + n, 0) / counts.length;
  return Array.from(counts).reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
};

/** A chi square of n − 1 degrees of freedom lies within five deviations of its mean, but for one seed in millions. */
const expectEven = (counts: ArrayLike<number>) => {
  const freedom = counts.length - 1;
  expect(Math.abs(chiSquare(counts) - freedom)).toBeLessThan(5 * Math.sqrt(2 * freedom));
};

describe("philox 4×32-10", () => {
  it("has the published vectors", () => {
    expect(words([0, 0, 0, 0], [0, 0])).toBe("6627e8d5 e169c58d bc57ac4c 9b00dbd8");
    const ones = 0xffffffff;
    expect(words([ones, ones, ones, ones], [ones, ones])).toBe("408f276d 41c83b0e a20bc7c6 6d5451fd");
    const pi = [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344];
    expect(words(pi, [0xa4093822, 0x299f31d0])).toBe("d16cfe09 94fdcceb 5001e420 24126ea1");
  });
});

describe("Random", () => {
  it("takes its words from the counter [block, example, step, example / 2³²] under the seed as key", () => {
    const random = Random.fromSeed(2 ** 40 + 5);
    const wanted = new Uint32Array(4);
    philox([3, 7, 9, 2], [5, 256], wanted);
    const found = [12, 13, 14, 15].map((index) => random.word(index, 9, 2 * 2 ** 32 + 7));
    expect(found).toEqual([...wanted]);
    // The block that is kept is told from one that differs in the upper half of the example alone.
    expect(random.word(12, 9, 7)).not.toBe(wanted[0]);
    expect(random.word(12, 9, 2 * 2 ** 32 + 7)).toBe(wanted[0]);
  });

  it("has these bits, in every engine", () => {
    const random = Random.fromSeed(42);
    const child = random.child("0").child("weight");
    expect([0, 1, 2, 3].map((i) => random.word(i))).toEqual([2632642643, 2012563771, 314527917, 1463989207]);
    expect([0, 1, 5].map((i) => random.uniform(i, 3, 4))).toEqual([
      0.08879360621493004, 0.42251049181424494, 0.6832832138688377,
    ]);
    expect([0, 1, 5].map((i) => child.normal(i))).toEqual([
      0.5327861337404693, 0.4137860329195931, -1.2641667546613142,
    ]);
    expect([...random.child("shuffle").permutation(10, 1)]).toEqual([0, 9, 8, 6, 2, 3, 5, 4, 7, 1]);
    expect(child.key).toEqual([2513024060, 4168648525]);
  });

  it("gives the same number whoever asks, in any order, between any others", () => {
    const asked = Array.from({ length: 200 }, (_, i) => [i % 9, i % 4, (i * 37) % 23] as const);
    const draw = (random: Random) => (position: readonly [number, number, number]) => [
      random.word(...position),
      random.uniform(...position),
      random.normal(...position),
    ];
    const forward = asked.map(draw(Random.fromSeed(3)));
    const backward = [...asked]
      .reverse()
      .map(draw(Random.fromSeed(3)))
      .reverse();
    const fresh = asked.map((position) => draw(Random.fromSeed(3))(position));
    expect(backward).toEqual(forward);
    expect(fresh).toEqual(forward);
  });

  it("builds a uniform number of the words before it, and a normal one of two uniform ones", () => {
    const random = Random.fromSeed(9);
    for (let i = 0; i < 9; i++) {
      const [high, low] = [random.word(2 * i, 1, 2) >>> 5, random.word(2 * i + 1, 1, 2) >>> 6];
      expect(random.uniform(i, 1, 2)).toBe((high * 2 ** 26 + low) / 2 ** 53);
      const [u, v] = [1 - random.uniform(2 * i, 1, 2), random.uniform(2 * i + 1, 1, 2)];
      const normal = Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v);
      expect(random.normal(i, 1, 2)).toBeCloseTo(normal, 12);
    }
  });

  it("differs by step, example, index and seed", () => {
    const seen = new Set<number>();
    for (let i = 0; i < 10; i++) {
      for (const seed of [0, 1, 2 ** 32]) {
        const random = Random.fromSeed(seed);
        for (const word of [random.word(i), random.word(0, i + 1), random.word(0, 0, i + 1)]) seen.add(word);
      }
    }
    expect(seen.size).toBe(90);
  });

  it("gives every name a stream of its own, and the same name the same", () => {
    const parent = Random.fromSeed(1);
    const labels = ["", "a", "b", "ab", "ba", "0", "1", "10", "0.1", "mask", "masks", "é", "\u{1f600}"];
    const keys = labels.map((label) => parent.child(label).key.join());
    expect(new Set([...keys, parent.key.join()]).size).toBe(labels.length + 1);
    expect(Random.fromSeed(1).child("mask").key).toEqual(parent.child("mask").key);
    expect(Random.fromSeed(2).child("mask").key).not.toEqual(parent.child("mask").key);
    expect(parent.child("a").child("b").key).not.toEqual(parent.child("b").child("a").key);
    const [one, other] = [parent.child("a"), parent.child("b")];
    const agreements = Array.from({ length: 6400 }, (_, i) => (one.word(i) ^ other.word(i)) & 1).filter(
      (bit) => bit === 0,
    );
    expect(Math.abs(agreements.length - 3200)).toBeLessThan(5 * 40);
  });

  it("takes every whole seed up to 2⁵³ − 1, and no other", () => {
    const largest = Random.fromSeed(Number.MAX_SAFE_INTEGER);
    expect(largest.key).toEqual([2 ** 32 - 1, 2 ** 21 - 1]);
    expect(Random.fromSeed(2 ** 32).word(0)).not.toBe(Random.fromSeed(0).word(0));
    for (const seed of [-1, 0.5, Number.NaN, 2 ** 53, "1" as unknown as number]) {
      expect(() => Random.fromSeed(seed)).toThrow(/^Random expects a seed from 0 to 2⁵³ − 1, but got /);
    }
  });
});

describe("distributions, at fixed seeds", () => {
  const count = 60_000;
  const moments = (numbers: readonly number[]) => {
    const mean = numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
    const central = (power: number) =>
      numbers.reduce((sum, x) => sum + (x - mean) ** power, 0) / numbers.length;
    return {
      mean,
      variance: central(2),
      skewness: central(3) / central(2) ** 1.5,
      kurtosis: central(4) / central(2) ** 2,
    };
  };
  const deviation = Math.sqrt(1 / count);

  it("words have even bits and bytes", () => {
    const random = Random.fromSeed(17);
    const bytes = new Uint32Array(256);
    const bits = new Uint32Array(32);
    for (let i = 0; i < 20_000; i++) {
      const word = random.word(i);
      bytes[word >>> 24]++;
      for (let b = 0; b < 32; b++) bits[b] += (word >>> b) & 1;
    }
    expectEven(bytes);
    for (const ones of bits) expect(Math.abs(ones - 10_000)).toBeLessThan(5 * 71);
  });

  it.each(["index", "step", "example"])("uniform numbers fill [0, 1) evenly along the %s", (way) => {
    const random = Random.fromSeed(5);
    const numbers = Array.from({ length: count }, (_, i) => {
      if (way === "index") return random.uniform(i);
      return way === "step" ? random.uniform(0, i) : random.uniform(0, 0, i);
    });
    const cells = new Uint32Array(100);
    for (const u of numbers) cells[Math.floor(100 * u)]++;
    expect(cells.length).toBe(100);
    expectEven(cells);
    const { mean, variance } = moments(numbers);
    expect(Math.abs(mean - 1 / 2)).toBeLessThan(5 * Math.sqrt(1 / 12) * deviation);
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(5 * Math.sqrt(1 / 180) * deviation);
    // Neighbours know nothing of each other.
    const product =
      numbers.reduce((sum, u, i) => sum + (u - 0.5) * ((numbers[i + 1] ?? 0.5) - 0.5), 0) / count;
    expect(Math.abs(product)).toBeLessThan((5 / 12) * deviation);
  });

  it("normal numbers have the moments and the shares of the bell", () => {
    const random = Random.fromSeed(8);
    const numbers = Array.from({ length: count }, (_, i) => random.normal(i));
    const { mean, variance, skewness, kurtosis } = moments(numbers);
    expect(Math.abs(mean)).toBeLessThan(5 * deviation);
    expect(Math.abs(variance - 1)).toBeLessThan(5 * Math.sqrt(2) * deviation);
    expect(Math.abs(skewness)).toBeLessThan(5 * Math.sqrt(6) * deviation);
    expect(Math.abs(kurtosis - 3)).toBeLessThan(5 * Math.sqrt(24) * deviation);
    for (const [limit, share] of [
      [1, 0.6826895],
      [2, 0.9544997],
      [3, 0.9973002],
    ]) {
      const inside = numbers.filter((x) => Math.abs(x) < limit).length / count;
      expect(Math.abs(inside - share)).toBeLessThan(5 * Math.sqrt(share * (1 - share)) * deviation);
    }
    expect(numbers.every(Number.isFinite)).toBe(true);
  });

  it("permutations hold every number once, and every order comes as often", () => {
    const random = Random.fromSeed(4);
    for (const length of [0, 1, 2, 1000]) {
      const order = random.permutation(length, 2);
      expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length }, (_, i) => i));
    }
    const orders = new Map<string, number>();
    const places = new Uint32Array(49);
    for (let step = 0; step < 12_000; step++) {
      const name = random.permutation(4, step).join("");
      orders.set(name, (orders.get(name) ?? 0) + 1);
      for (const [place, i] of random.permutation(7, step).entries()) places[7 * place + i]++;
    }
    expect(orders.size).toBe(24);
    expectEven([...orders.values()]);
    expectEven(places);
  });
});

it("fills rows with the same words and normal numbers as one by one", () => {
  const random = Random.fromSeed(3).child("rows");
  for (const count of [1, 3, 4, 9]) {
    const row = new Float64Array(count);
    random.shares(row, 5, 2 ** 33 + 1);
    expect([...row]).toEqual(Array.from(row, (_, i) => random.word(i, 5, 2 ** 33 + 1) / 2 ** 32));
    random.normals(row, 7, 11);
    expect([...row]).toEqual(Array.from(row, (_, i) => random.normal(i, 7, 11)));
  }
});
