import fc from "fast-check";
import { expect, it } from "vitest";
import { textOfBytes } from "../../scripts/text-of-bytes.mjs";
import { bytesOfText } from "../../src/kernels/simd/bytes-of-text.js";

const all = Uint8Array.from({ length: 256 }, (_, byte) => byte);

it("brings any bytes back", () => {
  expect(bytesOfText(textOfBytes(all))).toEqual(all);
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => void expect(bytesOfText(textOfBytes(bytes))).toEqual(bytes)),
  );
});

it("takes no character that a program or a page would have to escape", () => {
  const text = textOfBytes(all);
  expect(text).toMatch(/^[ -~]+$/);
  expect(text).not.toMatch(/["\\<]|\$\{/);
  expect(JSON.stringify(text)).toBe(`"${text}"`);
});
