import { functions, pow, powers } from "./functions.js";

const POINTS = 20_000;

/** Random doubles in [0, 1) that every engine draws alike: 53 bits from a 32-bit xorshift generator. */
function drawer(seed: number): () => number {
  let state = seed;
  const word = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  return () => ((word() >>> 5) * 2 ** 26 + (word() >>> 6)) / 2 ** 53;
}

function* values(name: string): Generator<number> {
  const draw = drawer(name.length);
  const [f, ...ranges] = functions[name];
  for (let i = 0; i < POINTS; i++) {
    const [low, high] = ranges[i % ranges.length];
    yield f(low + (high - low) * draw());
  }
}

function* valuesOfPow(): Generator<number> {
  const draw = drawer(3);
  for (let i = 0; i < POINTS; i++) yield pow(...powers[i % powers.length](draw(), draw()));
}

/** FNV-1a over the bits of some numbers, as eight hexadecimal digits. */
function checksum(numbers: Iterable<number>): string {
  const bytes = new DataView(new ArrayBuffer(8));
  let sum = 0x811c9dc5;
  for (const number of numbers) {
    bytes.setFloat64(0, number);
    for (let i = 0; i < 8; i++) sum = Math.imul(sum ^ bytes.getUint8(i), 0x01000193);
  }
  return (sum >>> 0).toString(16).padStart(8, "0");
}

/** A checksum of the result bits of every function, at the same 20,000 arguments on every engine. */
export function checksums(): Record<string, string> {
  const sums = Object.fromEntries(Object.keys(functions).map((name) => [name, checksum(values(name))]));
  return { ...sums, pow: checksum(valuesOfPow()) };
}
