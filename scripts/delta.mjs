/** How many equal bytes make a place worth looking at. */
const KEY = 6;

/**
 * How to make the bytes `to` of the bytes `from`: steps of new bytes and of copies, as `applyDelta` of
 * src/kernels/simd/delta.ts reads them. Each step is a count of new bytes, these bytes, a count of copied bytes, and how
 * far from the end of the last copy they stand, twice that or, for a distance back, twice less one.
 */
export function makeDelta(from, to) {
  const places = new Map();
  const keyAt = (bytes, i) => Buffer.from(bytes.subarray(i, i + KEY)).toString("latin1");
  for (let i = 0; i + KEY <= from.length; i++) {
    const key = keyAt(from, i);
    places.set(key, [...(places.get(key) ?? []), i]);
  }
  const matchAt = (i, place) => {
    let length = 0;
    while (i + length < to.length && to[i + length] === from[place + length]) length++;
    return length;
  };
  const delta = [];
  let fresh = [];
  let at = 0; // the end of the last copy
  const step = (length, place) => {
    const far = place - at;
    delta.push(
      ...number(fresh.length),
      ...fresh,
      ...number(length),
      ...number(far < 0 ? -2 * far - 1 : 2 * far),
    );
    fresh = [];
    at = place + length;
  };
  for (let i = 0; i < to.length; ) {
    const near = [at, at + 1, at + 2, at + 3];
    let best = { length: 0, place: at, gain: 0 };
    for (const place of [...near, ...(places.get(keyAt(to, i)) ?? [])]) {
      const length = matchAt(i, place);
      const gain = length - (Math.abs(place - at) < 64 ? 2 : 3);
      if (gain > best.gain) best = { length, place, gain };
    }
    if (best.length === 0) fresh.push(to[i++]);
    else {
      step(best.length, best.place);
      i += best.length;
    }
  }
  step(0, at);
  return Uint8Array.from(delta);
}

/** A whole number in groups of 7 bits, the lowest first; all but the last have the 8th bit set (LEB128). */
function number(value) {
  return value < 128 ? [value] : [(value & 127) | 128, ...number(value >>> 7)];
}
