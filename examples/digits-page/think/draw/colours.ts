import type { Palette } from "../../shell/theme.js";

type Rgb = readonly [number, number, number];

/** Colours for numbers of either sign, mixed in the theme's own: 0 is nearly the paper, ±1 is plain blue or orange. */
export interface Colours extends Palette {
  /** For −1 … 1. */
  signed(value: number): string;
  /** For 0 … 1, from paper to ink. */
  inked(value: number): Rgb;
  /** Like `signed`, as numbers. */
  signedRgb(value: number): Rgb;
}

const STEPS = 64;

export function coloursOf(palette: Palette): Colours {
  const [zero, plus, minus, ink] = [palette.zero, palette.plus, palette.minus, palette.ink].map(rgbOf);
  const table = Array.from({ length: 2 * STEPS + 1 }, (_, i) => {
    const value = i / STEPS - 1;
    return mix(zero, value < 0 ? minus : plus, Math.abs(value));
  });
  const texts = table.map(([r, g, b]) => `rgb(${r} ${g} ${b})`);
  const at = (value: number) => Math.round((Math.max(-1, Math.min(1, value)) + 1) * STEPS);
  return {
    ...palette,
    signed: (value) => texts[at(value)],
    signedRgb: (value) => table[at(value)],
    inked: (value) => mix(zero, ink, Math.max(0, Math.min(1, value))),
  };
}

const mix = (a: Rgb, b: Rgb, share: number): Rgb => {
  const between = (i: 0 | 1 | 2) => Math.round(a[i] + (b[i] - a[i]) * share);
  return [between(0), between(1), between(2)];
};

/** The computed value of a registered colour is `rgb(…)`. */
function rgbOf(text: string): Rgb {
  const [r, g, b] = (text.match(/[\d.]+/g) ?? []).map(Number);
  return [r, g, b];
}

/** The largest size among numbers, which is drawn at full strength. */
export function largest(values: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < values.length; i++) most = Math.max(most, Math.abs(values[i]));
  return most || 1;
}
