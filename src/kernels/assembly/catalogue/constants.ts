// Constants stand in memory: read from there each costs one instruction, written in the code three.

/** Where they begin: the heap leaves its first bytes to the catalogue (src/kernels/memory/heap.ts). */
const table: usize = 64;

/** The float32 constants. */
export const enum Single {
  SignBit, Zero, One, Half, Two, Log2E, Rounder, LnTwoHigh, LnTwoLow, LeastPower, MostPower, LeastExpm1, Small, Great,
  Exp0, Exp1, Exp2, Exp3, Exp4,
  Log1, Log2, Log3, Log4, Log5, Log6, Log7, Log8, Log9,
  Cubic0, Cubic1, Cubic2, Cubic3, Cubic4, Cubic5, Cubic6, Cubic7, Third,
  Three, Six, Sixth, Thousand, SeluScale, SeluBelow, Count,
}

/** The float64 constants, behind the others. */
export const enum Double {
  SignBit, Zero, One, Half, MinusHalf, Two, Log2E, Rounder, LnTwoHigh, LnTwoLow, Least, Most,
  Exp0, Exp1, Exp2, Exp3, Exp4, Exp5,
  BellEnd, Pole, TwicePole, RootTwoPi,
  Tail0, Tail1, Tail2, Tail3, Tail4, Tail5, Tail6, Tail7, Tail8, Tail9,
  GeluTwice, GeluCube, GeluTripleCube, Thousand, Count,
}

const DOUBLES: usize = 4 * ((Single.Count + 1) & ~1);

// @ts-ignore: decorator
@inline
export function single(name: Single): v128 {
  return v128.load32_splat(table + 4 * <usize>name);
}

// @ts-ignore: decorator
@inline
export function double(name: Double): v128 {
  return v128.load64_splat(table + DOUBLES + 8 * <usize>name);
}

function put(name: Single, value: f32): void {
  store<f32>(table + 4 * <usize>name, value);
}

function putDouble(name: Double, value: f64): void {
  store<f64>(table + DOUBLES + 8 * <usize>name, value);
}

/** Writes the float32 constants, for every kernel of the module on this memory. */
export function writeSingles(): void {
  putSingles();
}

/** Writes all of them. */
export function writeConstants(): void {
  putSingles();
  putDoubles();
}

function putSingles(): void {
  put(Single.SignBit, -0.0), put(Single.Zero, 0), put(Single.One, 1), put(Single.Half, 0.5), put(Single.Two, 2);
  put(Single.Three, 3), put(Single.Six, 6), put(Single.Sixth, 1.0 / 6.0), put(Single.Thousand, 1000);
  put(Single.Log2E, 1.44269504);
  put(Single.Rounder, 12582912); // 1.5·2²³: adding it rounds to a whole number, which then stands in the last bits
  put(Single.LnTwoHigh, 0.693359375), put(Single.LnTwoLow, -2.12194440e-4);
  put(Single.LeastPower, -125), put(Single.MostPower, 90), put(Single.LeastExpm1, -87); // beyond, nothing is left in float32
  put(Single.Great, 1.8446744e19), put(Single.Small, 5.421011e-20); // 2⁶⁴ and 2⁻⁶⁴
  // eʳ = 1 + r + r²·(…), relative error 2⁻²⁶·¹ of eʳ − 1; made by test/kernels/fit-catalogue.py, as all polynomials here
  put(Single.Exp0, 0.4999999701976776), put(Single.Exp1, 0.1666654646396637), put(Single.Exp2, 0.04166744649410248);
  put(Single.Exp3, 0.008366248570382595), put(Single.Exp4, 0.001386967021971941);
  // ln(1 + e) = e + e²·(…), relative error 2⁻²⁷·⁴
  put(Single.Log1, -0.4999993145465851), put(Single.Log2, 0.33330464363098145), put(Single.Log3, -0.24958018958568573);
  put(Single.Log4, 0.19692102074623108), put(Single.Log5, -0.15344880521297455), put(Single.Log6, 0.10661128163337708);
  put(Single.Log7, -0.05745723098516464), put(Single.Log8, 0.020086241886019707), put(Single.Log9, -0.003290468594059348);
  // x − tanh x = x³·(⅓ + (…)) for |x| < 1 by x², relative error 2⁻²⁷·⁴
  put(Single.Cubic0, -1.1696110746584054e-08), put(Single.Cubic1, -0.13333310186862946), put(Single.Cubic2, 0.0539633147418499);
  put(Single.Cubic3, -0.021828850731253624), put(Single.Cubic4, 0.008695631287992);
  put(Single.Cubic5, -0.0032032777089625597), put(Single.Cubic6, 0.0009207637631334364);
  put(Single.Cubic7, -0.00014196831034496427), put(Single.Third, 1.0 / 3.0);
  put(Single.SeluScale, 1.0507009873554805), put(Single.SeluBelow, 1.7580993408473766);
}

function putDoubles(): void {
  putDouble(Double.SignBit, -0.0), putDouble(Double.Zero, 0);
  putDouble(Double.One, 1), putDouble(Double.Half, 0.5), putDouble(Double.MinusHalf, -0.5), putDouble(Double.Two, 2);
  putDouble(Double.Log2E, 1.4426950408889634), putDouble(Double.Rounder, 6755399441055744.0); // 1.5·2⁵²
  putDouble(Double.LnTwoHigh, 0.6931471803691238), putDouble(Double.LnTwoLow, 1.9082149292705877e-10);
  putDouble(Double.Least, -220), putDouble(Double.Most, 110); // beyond, float32 has 0 or infinity
  // eʳ = 1 + r + r²·(…), relative error 2⁻³¹·⁹ of eʳ − 1
  putDouble(Double.Exp0, 0.5000000044136836), putDouble(Double.Exp1, 0.16666666370663413);
  putDouble(Double.Exp2, 0.041666361037869665), putDouble(Double.Exp3, 0.008333389341045994);
  putDouble(Double.Exp4, 0.0013940616798548138), putDouble(Double.Exp5, 0.00019845879860816296);
  // Φ(x) is 0 in float32 below −14.9.
  putDouble(Double.BellEnd, 14.9), putDouble(Double.Pole, 3.5), putDouble(Double.TwicePole, 7);
  putDouble(Double.RootTwoPi, 0.3989422804014327);
  // ½·e^(x²/2)·erfc(x / √2)·(x + 3.5) by t = (x − 3.5)/(x + 3.5), relative error 2⁻²⁶·⁹
  putDouble(Double.Tail0, 0.7444160737061574), putDouble(Double.Tail1, -0.5655617403869293);
  putDouble(Double.Tail2, 0.3154250825648151), putDouble(Double.Tail3, -0.1160531489222132);
  putDouble(Double.Tail4, 0.017405934232956347), putDouble(Double.Tail5, 0.006493612008300691);
  putDouble(Double.Tail6, -0.0031733231537786673), putDouble(Double.Tail7, -0.0004950342997516253);
  putDouble(Double.Tail8, 0.0004190225500956981), putDouble(Double.Tail9, 0.00010908779497242638);
  putDouble(Double.GeluTwice, 2 * 0.7978845608028654), putDouble(Double.GeluCube, 0.044715);
  putDouble(Double.GeluTripleCube, 3 * 0.044715), putDouble(Double.Thousand, 1000);
}
