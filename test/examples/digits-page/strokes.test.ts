import { expect, it } from "vitest";
import { strokeSets } from "../../../examples/digits-page/digits/strokes/index.js";
import { jitter } from "../../../examples/digits-page/digits/strokes/jitter.js";
import { smooth } from "../../../examples/digits-page/digits/strokes/path.js";

it("has three ways to write each digit, none of them twice", () => {
  expect(strokeSets.map(({ digit }) => digit)).toEqual(
    Array.from({ length: 30 }, (_, i) => Math.floor(i / 3)),
  );
  expect(new Set(strokeSets.map(({ strokes }) => JSON.stringify(strokes))).size).toBe(30);
});

it("goes smoothly through all points, and keeps corners", () => {
  const [a, b, c] = [
    { x: 0, y: 0 },
    { x: 1, y: 0 },
    { x: 1, y: 1 },
  ];
  const round = smooth([a, b, c], 4);
  expect([round[0], round[4], round[8]]).toEqual([a, b, c]);
  expect(Math.max(...round.map(({ x }) => x))).toBeGreaterThan(1);
  const corner = smooth([a, b, b, c], 4);
  expect([corner[0], corner[4], corner[8]]).toEqual([a, b, c]);
  expect(Math.max(...corner.map(({ x }) => x))).toBe(1);
});

it("writes a set anew for each seed, always the same, on the paper", () => {
  for (const set of strokeSets) {
    for (let seed = 0; seed < 10; seed++) {
      const written = jitter(set, seed);
      expect(written).toEqual(jitter(set, seed));
      expect(written).not.toEqual(jitter(set, seed + 1));
      const numbers = written.strokes.flat().flatMap(({ x, y }) => [x, y]);
      expect(Math.min(...numbers)).toBeGreaterThan(0);
      expect(Math.max(...numbers)).toBeLessThan(1);
    }
  }
});
