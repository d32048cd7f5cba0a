import { readFileSync } from "node:fs";
import { type DType, type Floats, Matrix } from "chainrule";

/** Reads a golden file; it writes what JSON has no number for as text. */
export function readGolden<T>(name: string): T {
  const special: Record<string, number> = { Infinity: Infinity, "-Infinity": -Infinity, NaN: Number.NaN };
  const text = readFileSync(new URL(`../golden/${name}.json`, import.meta.url), "utf8");
  return JSON.parse(text, (_, value) => (Object.hasOwn(special, value) ? special[value] : value)) as T;
}

/** Numbers in one width, each rounded once. */
export function floats(numbers: ArrayLike<number>, dtype: DType): Floats {
  return dtype === "float64" ? Float64Array.from(numbers) : Float32Array.from(numbers);
}

export function matrixOf(rows: number, cols: number, numbers: ArrayLike<number>, dtype: DType): Matrix {
  return new Matrix(rows, cols, floats(numbers, dtype));
}

const bits = new DataView(new ArrayBuffer(8));

/** Where a number stands among all of its width, in order; both zeros at 0. */
function place(x: number, dtype: DType): bigint {
  const wide = dtype === "float64";
  if (wide) bits.setFloat64(0, x);
  else bits.setFloat32(0, x);
  const pattern = wide ? bits.getBigInt64(0) : BigInt(bits.getInt32(0));
  return pattern < 0n ? -(2n ** (wide ? 63n : 31n)) - pattern : pattern;
}

/** How many numbers of this width lie between two, that is how many units in the last place; NaN beside NaN is 0. */
export function ulps(a: number, b: number, dtype: DType): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Object.is(a, b) ? 0 : Infinity;
  const [from, to] = [place(a, dtype), place(b, dtype)];
  return Number(from > to ? from - to : to - from);
}

/** @throws unless `near` says yes to every pair of numbers */
export function expectEach(
  what: string,
  got: ArrayLike<number>,
  want: ArrayLike<number>,
  near: (got: number, want: number, i: number) => boolean,
): void {
  if (got.length !== want.length) throw new Error(`${what}: ${got.length} numbers, not ${want.length}`);
  for (let i = 0; i < want.length; i++) {
    if (!near(got[i], want[i], i)) throw new Error(`${what}: ${got[i]}, not ${want[i]}, at ${i}`);
  }
}

/** @throws unless all bits are equal, those of NaN aside */
export function expectBits(what: string, got: ArrayLike<number>, want: ArrayLike<number>): void {
  expectEach(what, got, want, Object.is);
}

/** @throws unless |got − want| ≤ limit units in the last place */
export function expectUlps(
  what: string,
  got: ArrayLike<number>,
  want: ArrayLike<number>,
  limit: number,
  dtype: DType,
): void {
  expectEach(what, got, want, (a, b) => ulps(a, b, dtype) <= limit);
}

/** @throws unless |got − want| ≤ atol + rtol·|want|: by default 1e-9 and 1e-15 in float64, 1e-5 and 1e-7 in float32 */
export function expectGolden(
  what: string,
  got: ArrayLike<number>,
  want: ArrayLike<number>,
  dtype: DType,
  { rtol, atol } = dtype === "float64" ? { rtol: 1e-9, atol: 1e-15 } : { rtol: 1e-5, atol: 1e-7 },
): void {
  expectEach(what, got, want, (a, b) => a === b || Math.abs(a - b) <= atol + rtol * Math.abs(b));
}
