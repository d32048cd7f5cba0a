import { log1p } from "../numeric/logarithm.js";
import { expectEach, expectWidth } from "./checks.js";
import type { Loss } from "./loss.js";
import { elementwise } from "./per-number.js";

/**
 * l = 100·|p − t| / max(|t|, 10⁻⁷), mean over columns, as in Keras; the derivative is 0 where p and t are equal.
 * Prediction and targets: [rows × columns].
 */
export function meanAbsolutePercentageError(): Loss {
  const scale = (t: number) => Math.max(Math.abs(t), 1e-7);
  return elementwise(
    { name: "meanAbsolutePercentageError" },
    {
      f(p, t) {
        const e = Math.abs(p - t);
        // A difference of huge numbers may overflow where the share does not.
        return 100 * (Number.isFinite(e) ? e / scale(t) : Math.abs(p / scale(t) - t / scale(t)));
      },
      df: (p, t) => (100 * Math.sign(p - t)) / scale(t),
    },
  );
}

/**
 * l = (ln(1 + max(p, 0)) − ln(1 + t))², mean over columns; for targets of at least 0. The derivative is 0 where p < 0.
 * Prediction and targets: [rows × columns]. Keras raises p to 10⁻⁷ instead of 0.
 * @throws ChainruleError for targets below 0
 */
export function meanSquaredLogarithmicError(): Loss {
  const name = "meanSquaredLogarithmicError";
  const difference = (p: number, t: number) => {
    const q = Math.max(p, 0);
    // ln((1 + a)/(1 + b)) = ln(1 + (a − b)/(1 + b)) keeps the digits of logarithms that are nearly equal.
    return q < t ? -log1p((t - q) / (1 + q)) : log1p((q - t) / (1 + t));
  };
  return elementwise(
    {
      name,
      checkTargets(columns, target) {
        expectWidth(name, columns, target);
        const advice = "For targets of both signs, use meanSquaredError.";
        expectEach(name, target, "targets of at least 0", (t) => t >= 0, advice);
      },
    },
    {
      f: (p, t) => difference(p, t) ** 2,
      df: (p, t) => (p < 0 ? 0 : (2 * difference(p, t)) / (1 + p)),
    },
  );
}
