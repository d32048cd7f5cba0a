// What logarithms and cosines need, in memory: src/kernels/catalogue/normal-tables.ts writes it.

/** 2^(−j/32) in two parts each. */
export const inverses: usize = 1024;
/** The nearest step for the first eight bits of a fraction. */
export const nearest: usize = 1536;
/** Constants, in this order. */
const constants: usize = 1792;

export const enum Double {
  One, Half, Two, Four, ThreeHalves, MinusTwo, Digits, Holder, BiasedHolder, Halver, StepHigh, StepLow,
  Third, Quarter, Fifth, Sixth, Seventh, Eighth, Ninth, Tenth,
  Tau, TauHigh, TauLow, TauRest,
  Sin0, Sin1, Sin2, Sin3, Sin4, Sin5, Sin6, Sin7,
  Cos0, Cos1, Cos2, Cos3, Cos4, Cos5, Cos6,
}

// @ts-ignore: decorator
@inline
export function double(name: Double): v128 {
  return v128.load64_splat(constants + 8 * <usize>name);
}
