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
  SignBit, Zero, One, Half, MinusHalf, Two, Log2E, Rounder, LnTwo, Least,
  Exp0, Exp1, Exp2, Exp3, Exp4,
  BellEnd, Pole, RootTwoPi,
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
  putDouble(Double.LnTwo, 0.6931471805599453), putDouble(Double.Least, -220); // below, float32 has 0
  // eʳ = 1 + r + r²·(…), relative error 2⁻²⁶·² of eʳ − 1
  putDouble(Double.Exp0, 0.4999999815507114), putDouble(Double.Exp1, 0.16666543670661452);
  putDouble(Double.Exp2, 0.04166719967450368), putDouble(Double.Exp3, 0.008366513878636532);
  putDouble(Double.Exp4, 0.00138825209281192);
  // Φ(x) is 0 in float32 below −14.9.
  putDouble(Double.BellEnd, 14.9), putDouble(Double.Pole, 3.5);
  putDouble(Double.RootTwoPi, 0.3989422804014327);
  // ½·e^(x²/2)·erfc(x / √2)·(x + 3.5) by 1/(x + 3.5), relative error 2⁻²⁶·⁹
  putDouble(Double.Tail0, 0.3989855660946213), putDouble(Double.Tail1, 1.3926530346124333);
  putDouble(Double.Tail2, 4.620777699250395), putDouble(Double.Tail3, 10.17246003681443);
  putDouble(Double.Tail4, 67.28703374515038), putDouble(Double.Tail5, -239.8069443501335);
  putDouble(Double.Tail6, 1677.3739030421345), putDouble(Double.Tail7, -5587.168309048143);
  putDouble(Double.Tail8, 8075.406481611858), putDouble(Double.Tail9, -4402.08600675325);
  putDouble(Double.GeluTwice, 2 * 0.7978845608028654), putDouble(Double.GeluCube, 0.044715);
  putDouble(Double.GeluTripleCube, 3 * 0.044715), putDouble(Double.Thousand, 1000);
}
