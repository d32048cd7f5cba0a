// Constants stand in memory: read from there each costs one instruction, written in the code three.

/** Where they begin: the heap leaves the first 1024 bytes to them (src/kernels/memory/heap.ts). */
const table: usize = 64;

/** The float32 constants. */
export const enum Single {
  SignBit, Zero, One, Half, Two, Log2E, Rounder, LnTwoHigh, LnTwoLow, LeastPower, LeastExpm1, Small, Great,
  Exp0, Exp1, Exp2, Exp3, Exp4,
  Log1, Log2, Log3, Log4, Log5, Log6, Log7, Log8, Log9,
  Three, Six, Sixth, Thousand, SeluScale, SeluBelow, Count,
}

/** The float64 constants, behind the others. */
export const enum Double {
  SignBit, Zero, One, Half, MinusHalf, Two, Log2E, Rounder, LnTwoHigh, LnTwoLow, Least, Most,
  Exp0, Exp1, Exp2, Exp3, Exp4, Exp5,
  BellEnd, Pole, TwicePole, RootTwoPi,
  Tail0, Tail1, Tail2, Tail3, Tail4, Tail5, Tail6, Tail7, Tail8, Tail9,
  GeluTwice, GeluCube, GeluTripleCube, Thousand,
  Cubic0, Cubic1, Cubic2, Cubic3, Cubic4, Cubic5, Count,
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
  put(Single.LeastPower, -125), put(Single.LeastExpm1, -87); // beyond, nothing is left in float32
  put(Single.Great, 1.8446744e19), put(Single.Small, 5.421011e-20); // 2⁶⁴ and 2⁻⁶⁴
  // eʳ = 1 + r + r²·(…), relative error 2⁻²⁵·⁸ of eʳ − 1; made by test/kernels/fit-catalogue.py, as the next
  put(Single.Exp0, 0.4999999701976776), put(Single.Exp1, 0.1666654348373413), put(Single.Exp2, 0.04166720062494278);
  put(Single.Exp3, 0.008366521447896957), put(Single.Exp4, 0.001388251082971692);
  // ln(1 + e) = e + e²·(…), relative error 2⁻²⁶
  put(Single.Log1, -0.4999990165233612), put(Single.Log2, 0.3332996070384979), put(Single.Log3, -0.2495412826538086);
  put(Single.Log4, 0.19675908982753754), put(Single.Log5, -0.15305504202842712), put(Single.Log6, 0.10603505373001099);
  put(Single.Log7, -0.05695805698633194), put(Single.Log8, 0.019850675016641617), put(Single.Log9, -0.0032438505440950394);
  put(Single.SeluScale, 1.0507009873554805), put(Single.SeluBelow, 1.7580993408473766);
}

function putDoubles(): void {
  putDouble(Double.SignBit, -0.0), putDouble(Double.Zero, 0);
  putDouble(Double.One, 1), putDouble(Double.Half, 0.5), putDouble(Double.MinusHalf, -0.5), putDouble(Double.Two, 2);
  putDouble(Double.Log2E, 1.4426950408889634), putDouble(Double.Rounder, 6755399441055744.0); // 1.5·2⁵²
  putDouble(Double.LnTwoHigh, 0.6931471803691238), putDouble(Double.LnTwoLow, 1.9082149292705877e-10);
  putDouble(Double.Least, -220), putDouble(Double.Most, 110); // beyond, float32 has 0 or infinity
  // eʳ = 1 + r + r²·(…)
  putDouble(Double.Exp0, 0.5000000044190313), putDouble(Double.Exp1, 0.16666666371325814);
  putDouble(Double.Exp2, 0.041666360841681606), putDouble(Double.Exp3, 0.008333389153899818);
  putDouble(Double.Exp4, 0.0013940631625662826), putDouble(Double.Exp5, 0.00019846000756829196);
  // Φ(x) is 0 in float32 below −14.9.
  putDouble(Double.BellEnd, 14.9), putDouble(Double.Pole, 3.5), putDouble(Double.TwicePole, 7);
  putDouble(Double.RootTwoPi, 0.3989422804014327);
  putDouble(Double.Tail0, 0.7444160737071097), putDouble(Double.Tail1, -0.5655617403803965);
  putDouble(Double.Tail2, 0.3154250824924256), putDouble(Double.Tail3, -0.11605314903458339);
  putDouble(Double.Tail4, 0.017405935045328516), putDouble(Double.Tail5, 0.006493612704235487);
  putDouble(Double.Tail6, -0.0031733260329834304), putDouble(Double.Tail7, -0.000495036501818339);
  putDouble(Double.Tail8, 0.00041902577631680626), putDouble(Double.Tail9, 0.0001090905013895853);
  putDouble(Double.GeluTwice, 2 * 0.7978845608028654), putDouble(Double.GeluCube, 0.044715);
  putDouble(Double.GeluTripleCube, 3 * 0.044715), putDouble(Double.Thousand, 1000);
  // x − tanh x = x³·(…) for |x| < ½
  putDouble(Double.Cubic0, 0.3333333329879229), putDouble(Double.Cubic1, -0.13333324879663236);
  putDouble(Double.Cubic2, 0.053964895596778834), putDouble(Double.Cubic3, -0.021820400200896376);
  putDouble(Double.Cubic4, 0.008534257636206804), putDouble(Double.Cubic5, -0.0025376090711439103);
}
