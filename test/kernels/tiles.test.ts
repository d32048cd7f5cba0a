import { describe, expect, it } from "vitest";
import { moduleFor, type Numerics } from "../../src/kernels/simd/engine.js";
import { instantiate } from "../../src/kernels/simd/instantiate.js";
import { webAssembly } from "../../src/kernels/simd/webassembly.js";

const tiles = [1, 2, 3].flatMap((vectors) =>
  Array.from({ length: vectors === 3 ? 3 : 6 }, (_, i) => ({ rows: i + 1, vectors })),
);
const [ROWS, COLS] = [31, 30];
const DEPTHS = [1, 5, 67, 600];

const available = (["exact", "fast"] as const).filter((numerics) => moduleFor(numerics) !== undefined);

/** The bits of a product on a tile: finish 0 stores the sums, 1 adds them, 2 steps down them. */
function multiply(
  numerics: Numerics,
  depth: number,
  finish: number,
  tile: { rows: number; vectors: number },
) {
  const memory = new (webAssembly()!.Memory)({ initial: 64, maximum: 65536 });
  const kernels = instantiate(moduleFor(numerics)!, memory);
  const numbers = new Float32Array(memory.buffer);
  for (let i = 0; i < numbers.length / 2; i++) numbers[i] = Math.fround(Math.sin(i) * 10 ** (i % 5));
  const [a, b, c, scratch] = [0, 2 ** 18, 2 ** 19, 2 ** 21];
  // biome-ignore format: one line an operand
  kernels.product(
    a, 4 * depth, 4,
    b, 4 * COLS, 4,
    c, 4 * COLS, ROWS, COLS, depth, finish, tile.rows, tile.vectors, scratch, 3, -0.1,
  );
  return [...new Int32Array(memory.buffer, c, ROWS * COLS)];
}

describe.each(available)("tiles in %s arithmetic", (numerics) => {
  it.each(tiles)("of $rows rows and $vectors vectors give the bits of any other", (tile) => {
    for (const depth of DEPTHS) {
      for (const finish of depth > 512 ? [0, 1] : [0, 1, 2]) {
        const expected = multiply(numerics, depth, finish, { rows: 1, vectors: 1 });
        expect(multiply(numerics, depth, finish, tile)).toEqual(expected);
      }
    }
  });
});
