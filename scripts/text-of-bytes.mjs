const PAGE = 80;
const FIRST = "#".charCodeAt(0);

/** A text that `bytesOfText` (src/kernels/simd/bytes-of-text.ts) makes the bytes of, in characters that need no escape in a program. */
export function textOfBytes(bytes) {
  const character = (place) => {
    const one = String.fromCharCode(FIRST + place);
    return one === "\\" ? " " : one === "<" ? "!" : one;
  };
  return Array.from(bytes, (byte) => {
    // 0xfd begins every SIMD instruction: with the small numbers, on the page that needs no mark.
    const turned = (byte + 3) % 256;
    const page = Math.floor(turned / PAGE);
    return (page === 0 ? "" : character(PAGE + page - 1)) + character(turned % PAGE);
  }).join("");
}
