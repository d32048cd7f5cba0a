import { Double, double, inverses, nearest } from "./normal-tables";

// ln x of src/numeric/logarithm.ts for two float64 numbers, operation by operation, where x is normal and positive.

/** 32·(exponent + 1023) + step, by the exponent and the first eight bits of the fraction. */
// @ts-ignore: decorator
@inline
function stepOf(start: i32): i32 {
  return ((start >> 8) << 5) + load<u8>(nearest + (start & 0xff));
}

/** 2^(−j/32), the larger and the smaller part. */
// @ts-ignore: decorator
@inline
function inverseOf(step: i32): v128 {
  return v128.load(inverses + ((step & 31) << 4));
}

/** (ln(1 + f) − f + f²/2) / f³ = 1/3 − f/4 + f²/5 − … */
// @ts-ignore: decorator
@inline
function series(f: v128, f2: v128): v128 {
  const last = f64x2.sub(double(Double.Ninth), f64x2.mul(f, double(Double.Tenth)));
  const far = f64x2.add(f64x2.sub(double(Double.Seventh), f64x2.mul(f, double(Double.Eighth))), f64x2.mul(f2, last));
  const middle = f64x2.sub(double(Double.Fifth), f64x2.mul(f, double(Double.Sixth)));
  const near = f64x2.sub(double(Double.Third), f64x2.mul(f, double(Double.Quarter)));
  return f64x2.add(near, f64x2.mul(f2, f64x2.add(middle, f64x2.mul(f2, far))));
}

/** n·ln 2/32 + ln(1 + f), where x = 2^(n/32)·(1 + f) */
// @ts-ignore: decorator
@inline
export function log(x: v128): v128 {
  const starts = i64x2.shr_u(x, 44);
  const one = stepOf(i32x4.extract_lane(starts, 0)), other = stepOf(i32x4.extract_lane(starts, 2));
  const steps = i64x2.replace_lane(i64x2.splat(one), 1, other);
  const first = inverseOf(one), second = inverseOf(other);
  const inverse = i64x2.shuffle(first, second, 0, 2), inverseLow = i64x2.shuffle(first, second, 1, 3);
  // The number in the last bits of 2⁵² is a double; so is n, when the bias of 32·1023 goes off with 2⁵².
  const n = f64x2.sub(v128.or(steps, double(Double.Holder)), double(Double.BiasedHolder));
  const m = i64x2.add(i64x2.sub(x, i64x2.shl(i64x2.shr_u(steps, 5), 52)), double(Double.One));
  const short = f64x2.sub(f64x2.add(m, double(Double.Halver)), double(Double.Halver));
  const exact = f64x2.sub(f64x2.mul(short, inverse), double(Double.One));
  const more = f64x2.add(f64x2.mul(f64x2.sub(m, short), inverse), f64x2.mul(m, inverseLow));
  const f = f64x2.add(exact, more), f2 = f64x2.mul(f, f);
  const start = f64x2.mul(n, double(Double.StepHigh)), sum = f64x2.add(start, f);
  const lost = f64x2.add(f64x2.add(f64x2.sub(start, sum), f), f64x2.add(f64x2.sub(exact, f), more));
  const bend = f64x2.mul(f2, f64x2.sub(f64x2.mul(f, series(f, f2)), double(Double.Half)));
  return f64x2.add(sum, f64x2.add(f64x2.add(lost, f64x2.mul(n, double(Double.StepLow))), bend));
}
