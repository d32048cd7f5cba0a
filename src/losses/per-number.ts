import { expectWidth } from "./checks.js";
import { type Loss, type LossOptions, lossOf } from "./loss.js";

/**
 * l(p, t) for one number, and its derivative by p. A formula with a constant gets it as an argument, for an engine inlines
 * a function of a module into any loop, but a closure only while there is no second one.
 */
export interface Formula {
  /** What both have in common, computed once. Default: the error p − t. */
  common?(p: number, t: number, constant: number): number;
  f(p: number, t: number, common: number, constant: number): number;
  df(p: number, t: number, common: number, constant: number): number;
}

type About = Omit<LossOptions, "row" | "checkTargets"> & Partial<LossOptions>;

/** A loss that is the mean of a formula over the columns, as in PyTorch. */
export const elementwise = (about: About, { common = error, f, df }: Formula, constant = 0): Loss =>
  lossOf({
    checkTargets: (columns, target) => expectWidth(about.name, columns, target),
    ...about,
    row({ cols, data: p }, { data: t }, r, weight, gradient) {
      const d = gradient?.data;
      const [start, end] = [r * cols, (r + 1) * cols];
      let sum = 0;
      // Two loops: with a condition inside, one takes twice as long.
      if (d === undefined) {
        for (let i = start; i < end; i++) sum += f(p[i], t[i], common(p[i], t[i], constant), constant);
      } else {
        for (let i = start; i < end; i++) {
          const c = common(p[i], t[i], constant);
          sum += f(p[i], t[i], c, constant);
          d[i] = (weight * df(p[i], t[i], c, constant)) / cols;
        }
      }
      return sum / cols;
    },
  });

const error = (p: number, t: number) => p - t;
