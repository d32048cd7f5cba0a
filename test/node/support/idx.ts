/** An IDX file: `numbers` after a header that says `shape`, whether that is true or not. */
export function idxBytes(shape: readonly number[], numbers: Uint8Array, type = 0x08): Uint8Array {
  const bytes = new Uint8Array(4 + 4 * shape.length + numbers.length);
  bytes.set([0, 0, type, shape.length]);
  const view = new DataView(bytes.buffer);
  for (const [i, side] of shape.entries()) view.setUint32(4 + 4 * i, side);
  bytes.set(numbers, 4 + 4 * shape.length);
  return bytes;
}
