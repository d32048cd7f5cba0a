import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, it } from "vitest";
import { makeDelta } from "../../scripts/delta.mjs";
import { exact, fastDelta } from "../../src/kernels/generated/texts/core.js";
import { bytesOfText } from "../../src/kernels/simd/bytes-of-text.js";
import { applyDelta } from "../../src/kernels/simd/delta.js";

const file = (name: string) =>
  new Uint8Array(
    readFileSync(new URL(`../../src/kernels/generated/files/wasm/${name}.wasm`, import.meta.url)),
  );

it("gives the fast module, byte for byte", () => {
  const bytes = applyDelta(bytesOfText(exact), bytesOfText(fastDelta));
  expect(Buffer.compare(bytes, file("fast"))).toBe(0);
  expect(Buffer.compare(bytes, file("exact"))).not.toBe(0);
});

it("is a small part of it", () => {
  expect(bytesOfText(fastDelta).length).toBeLessThan(file("fast").length / 4);
});

it("makes any bytes of any others", () => {
  const bytes = fc.uint8Array({ maxLength: 300, max: 3 }); // of few values, so that much is equal
  fc.assert(
    fc.property(bytes, bytes, (from, to) => {
      expect([...applyDelta(from, makeDelta(from, to))]).toEqual([...to]);
    }),
  );
});
