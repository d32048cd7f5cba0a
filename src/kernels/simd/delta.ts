/** The bytes that scripts/delta.mjs made `delta` for: `from` with some of them replaced. */
export function applyDelta(from: Uint8Array, delta: Uint8Array): Uint8Array {
  const parts: number[] = [];
  let i = 0;
  const number = (): number => {
    const byte = delta[i++];
    return byte < 128 ? byte : (byte & 127) + 128 * number();
  };
  let at = 0; // the end of the last copy
  while (i < delta.length) {
    for (let fresh = number(); fresh > 0; fresh--) parts.push(delta[i++]);
    const length = number();
    const far = number();
    at += far & 1 ? -(far + 1) / 2 : far / 2;
    for (let end = at + length; at < end; at++) parts.push(from[at]);
  }
  return Uint8Array.from(parts);
}
