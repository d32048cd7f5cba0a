import { expectWidth } from "./checks.js";
import { type Loss, type LossOptions, lossOf } from "./loss.js";

/** l(p, t) for one number, and its derivative by p. */
export interface Formula {
  f(p: number, t: number): number;
  df(p: number, t: number): number;
}

type About = Omit<LossOptions, "row" | "checkTargets"> & Partial<LossOptions>;

/** A loss that is the mean of a formula over the columns, as in PyTorch. */
export const elementwise = (about: About, { f, df }: Formula): Loss =>
  lossOf({
    checkTargets: (columns, target) => expectWidth(about.name, columns, target),
    ...about,
    row(prediction, target, r, weight, gradient) {
      const { cols, data: p } = prediction;
      const [t, d] = [target.data, gradient?.data];
      let sum = 0;
      for (let i = r * cols; i < (r + 1) * cols; i++) {
        sum += f(p[i], t[i]);
        if (d !== undefined) d[i] = (weight * df(p[i], t[i])) / cols;
      }
      return sum / cols;
    },
  });
