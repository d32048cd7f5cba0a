import { drawer, halvesOf } from "./doubles.js";
import { functions, pow, powers } from "./functions.js";

const POINTS = 20_000;

/** FNV-1a over the bits of some numbers, as eight hexadecimal digits. */
function checksum(values: Iterable<number>): string {
  let sum = 0x811c9dc5;
  for (const value of values) {
    for (const word of halvesOf(value)) {
      for (let shift = 0; shift < 32; shift += 8) {
        sum = Math.imul(sum ^ ((word >>> shift) & 0xff), 0x01000193);
      }
    }
  }
  return (sum >>> 0).toString(16).padStart(8, "0");
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

/** A checksum of the result bits of every function, at the same 20,000 arguments on every engine. */
export function checksums(): Record<string, string> {
  const sums = Object.fromEntries(Object.keys(functions).map((name) => [name, checksum(values(name))]));
  return { ...sums, pow: checksum(valuesOfPow()) };
}
