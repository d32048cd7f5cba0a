import { Double, double } from "./normal-tables";

// cos 2πu of src/numeric/circle.ts for two float64 numbers, operation by operation, where 0 ≤ u < 1.

/** a + z·b */
// @ts-ignore: decorator
@inline
function line(a: Double, z: v128, b: v128): v128 {
  return f64x2.add(double(a), f64x2.mul(z, b));
}

/** cos(θ + tail) for |θ| ≤ π/4 */
// @ts-ignore: decorator
@inline
function cosine(angle: v128, tail: v128, z: v128, half: v128, start: v128): v128 {
  const far = line(Double.Cos3, z, line(Double.Cos4, z, line(Double.Cos5, z, double(Double.Cos6))));
  const near = line(Double.Cos0, z, line(Double.Cos1, z, line(Double.Cos2, z, far)));
  const more = f64x2.sub(f64x2.mul(f64x2.mul(z, z), near), f64x2.mul(angle, tail));
  return f64x2.add(start, f64x2.add(f64x2.sub(f64x2.sub(double(Double.One), start), half), more));
}

/** sin(θ + tail) for |θ| ≤ π/4 */
// @ts-ignore: decorator
@inline
function sine(angle: v128, tail: v128, z: v128, start: v128): v128 {
  const far = line(Double.Sin4, z, line(Double.Sin5, z, line(Double.Sin6, z, double(Double.Sin7))));
  const near = line(Double.Sin1, z, line(Double.Sin2, z, line(Double.Sin3, z, far)));
  const bend = f64x2.mul(f64x2.mul(angle, z), line(Double.Sin0, z, near));
  return f64x2.add(angle, f64x2.add(bend, f64x2.mul(tail, start)));
}

/** What the product of 2π and a number of at most 50 bits loses to rounding, exactly. */
// @ts-ignore: decorator
@inline
function lostOf(rest: v128, angle: v128): v128 {
  const high = v128.and(rest, i64x2.splat(<i64>-1 << 27)), low = f64x2.sub(rest, high);
  const most = f64x2.sub(f64x2.mul(double(Double.TauHigh), high), angle);
  const more = f64x2.add(most, f64x2.mul(double(Double.TauHigh), low));
  return f64x2.add(f64x2.add(more, f64x2.mul(double(Double.TauLow), high)), f64x2.mul(double(Double.TauLow), low));
}

/** cos 2πu: quarters of a turn drop out before π comes in. */
// @ts-ignore: decorator
@inline
export function cosTau(u: v128): v128 {
  const half = double(Double.Half), one = double(Double.One);
  const quarter = f64x2.floor(f64x2.add(f64x2.mul(double(Double.Four), u), half));
  const rest = f64x2.sub(u, f64x2.mul(double(Double.Quarter), quarter));
  const angle = f64x2.mul(double(Double.Tau), rest);
  const tail = f64x2.add(lostOf(rest, angle), f64x2.mul(double(Double.TauRest), rest));
  const z = f64x2.mul(angle, angle), halfSquare = f64x2.mul(half, z), start = f64x2.sub(one, halfSquare);
  // The sine in quarters 1 and 3, and a minus in 1 and 2.
  const isSine = f64x2.eq(f64x2.abs(f64x2.sub(quarter, double(Double.Two))), one);
  const isMinus = f64x2.eq(f64x2.abs(f64x2.sub(quarter, double(Double.ThreeHalves))), half);
  const size = v128.bitselect(sine(angle, tail, z, start), cosine(angle, tail, z, halfSquare, start), isSine);
  return v128.bitselect(f64x2.sub(f64x2.splat(0), size), size, isMinus);
}
