const digits = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** Three digits of a number, as people write them: −0.0312, 1.6·10⁻⁵. */
export function number(value: number): string {
  const size = Math.abs(value);
  if (size === 0) return "0";
  if (size >= 0.001 && size < 10_000) return signed(value.toPrecision(size >= 1000 ? 4 : 3));
  const [mantissa, exponent] = value.toExponential(1).split("e");
  const raised = [...exponent.replace("+", "")].map((c) => (c === "-" ? "⁻" : digits[Number(c)])).join("");
  return `${signed(mantissa)}·10${raised}`;
}

/** A share as people say it: 97.3 %. */
export function percent(share: number): string {
  if (share > 0.9995) return "over\u00a099.9\u00a0%";
  if (share < 0.0005) return "under\u00a00.1\u00a0%";
  return `${(100 * share).toFixed(1)}\u00a0%`;
}

const signed = (text: string) => text.replace("-", "−");

const names = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

/** A digit's name. */
export const wordOf = (digit: number): string => names[digit];
