/** Functions that an exported model may need, as JavaScript. They work on arrays of numbers. */
export const helpers = {
  /** As float32 */
  round: "(x) => Array.from(x, Math.fround)",
  /** y = x·W + b */
  dense:
    "(x, w, b) => b.map((s, c) => { for (let r = 0; r < x.length; r++) s += x[r] * w[r * b.length + c]; return s; })",
  sigmoid: "(v) => v < 0 ? Math.exp(v) / (1 + Math.exp(v)) : 1 / (1 + Math.exp(-v))",
  softplus: "(v) => Math.max(v, 0) + Math.log1p(Math.exp(-Math.abs(v)))",
  /** 2/√π · e^(−x²) · Σ 2ⁿ x^(2n+1) / (2n+1)!!, of which all parts have one sign */
  erf: "(v) => { const a = Math.abs(v); if (a > 6) return Math.sign(v); let s = a, t = a; for (let n = 1; n < 150; n++) { t *= 2 * a * a / (2 * n + 1); s += t; } return Math.sign(v) * s * Math.exp(-a * a) * 2 / Math.sqrt(Math.PI); }",
  logSoftmax:
    "(x) => { const top = x.reduce((a, v) => Math.max(a, v), -Infinity); const total = Math.log(x.reduce((s, v) => s + Math.exp(v - top), 0)); return x.map((v) => v - top - total); }",
  /** (x − mean) / √(variance + ε); without the mean where `isCentered` is false */
  normalize:
    "(x, isCentered, epsilon) => { const mean = isCentered ? x.reduce((s, v) => s + v, 0) / x.length : 0; const scale = Math.sqrt(x.reduce((s, v) => s + (v - mean) ** 2, 0) / x.length + epsilon); return x.map((v) => (v - mean) / scale); }",
  /** The rows of a table with `count` of them */
  embed:
    '(x, table, count) => x.flatMap((v) => { if (!(Number.isInteger(v) && v >= 0 && v < count)) throw new Error("predict expects whole numbers from 0 to " + (count - 1) + ", but got " + v + "."); const width = table.length / count; return table.slice(v * width, (v + 1) * width); })',
  /** Pairs of a and b, the halves of parts of 2·width numbers, as f(a, b) */
  gate: "(x, width, f) => x.filter((_, i) => i % (2 * width) < width).map((a, i) => f(a, x[Math.floor(i / width) * 2 * width + i % width + width]))",
} as const;
