import { fail } from "../errors.js";
import { integer, oneOf, optional } from "../options.js";
import type { Parameter } from "../parameter.js";
import { clipGlobalNorm } from "./clipping.js";
import { addScaled, dot, flatten, unflatten } from "./flat.js";
import { type Point, strongWolfe } from "./line-search.js";
import { absent, commonRules, Optimizer, type OptimizerOptions } from "./optimizer.js";
import { curves, type Pair, quasiNewton } from "./two-loop.js";

export interface LBFGSOptions extends Omit<OptimizerOptions, "groups"> {
  /** How many of the last steps tell the curvature. Default: 10. */
  history?: number;
  /** How far a step goes: as far as a search along the line says, or by η alone. Default: "strongWolfe". */
  lineSearch?: "strongWolfe" | "none";
}

const value = (parameter: Parameter) => parameter.value;
const grad = (parameter: Parameter) => parameter.grad;

/**
 * L-BFGS: **w += t·d, d = −H·g**, with H the inverse of the curvature as the last steps and changes of the gradient tell it.
 * The first trial of t is η, and η·min(1, 1 / ‖g‖₁) while nothing is told. The line search needs a closure, which computes
 * loss and gradients again; without search the gradients of the step are enough. It takes whole batches, one step of
 * the method for each. Constraints on weights are refused. Default: learningRate 1. D. Liu and J. Nocedal, 1989.
 */
export class LBFGS extends Optimizer<LBFGSOptions> {
  static override readonly type = "LBFGS";
  static override readonly rules = () => ({
    ...commonRules(),
    groups: absent("all parameters take one step together"),
    history: optional(integer(1)),
    lineSearch: optional(oneOf("strongWolfe", "none")),
  });
  static override readonly example: LBFGSOptions = { learningRate: 1, lineSearch: "none" };
  override readonly batches = "full";

  private pairs = 0; // that were kept since the history began

  /** @throws ChainruleError for clipping or `accumulate` with a line search, which sees the loss and gradients as they are */
  constructor(options: LBFGSOptions = {}) {
    super(options, 1);
    if (options.lineSearch === "none") return;
    for (const name of ["clipValue", "clipNorm", "globalClipNorm", "accumulate"] as const) {
      if (options[name] === undefined) continue;
      fail("LBFGS", "a line search on the gradients as they are", name, 'Or set lineSearch: "none".');
    }
  }

  override get scalars(): Record<string, number> {
    return { ...super.scalars, pairs: this.pairs };
  }

  override set scalars(scalars: Record<string, number>) {
    super.scalars = scalars;
    this.pairs = scalars.pairs;
  }

  /** @throws ChainruleError for a parameter with a constraint, too: what is brought back is not what the curvature tells of */
  override step(parameters: readonly Parameter[], closure?: () => number): void {
    const bound = parameters.find(({ trainable, constraint }) => trainable && constraint !== undefined);
    if (bound !== undefined) {
      const advice = "Take another optimizer, or a regularizer in the constraint's place.";
      fail("LBFGS", "weights without constraints", `one on ${JSON.stringify(bound.name)}`, advice);
    }
    super.step(parameters, closure);
  }

  protected override advance(all: readonly Parameter[], rate: number, closure?: () => number): void {
    const { lineSearch = "strongWolfe", globalClipNorm } = this.options;
    const parameters = all.filter(({ trainable }) => trainable);
    if (globalClipNorm !== undefined) clipGlobalNorm(parameters, globalClipNorm);
    const searches = lineSearch === "strongWolfe";
    const loss = searches ? this.evaluate(parameters, closure) : this.penalty(parameters);

    const g = flatten(parameters, grad);
    if (all.every((one) => one.trainable === this.slots.has(one, "step"))) this.remember(parameters, g);
    else this.restart(all);
    const d = quasiNewton(g, this.history(parameters));
    const start = { t: 0, loss, slope: dot(g, d) };
    let t = rate * (this.pairs === 0 ? Math.min(1, 1 / norm1(g)) : 1);
    const w = flatten(parameters, value);
    const goTo = (distance: number): void => {
      const moved = w.slice();
      addScaled(d, distance, moved);
      unflatten(moved, parameters, value);
    };
    const look = (distance: number): Point => {
      goTo(distance);
      const there = this.evaluate(parameters, closure);
      return { t: distance, loss: there, slope: dot(flatten(parameters, grad), d) };
    };
    if (!(start.slope < 0)) t = 0;
    else if (searches && t > 0) {
      t = strongWolfe(look, start, t).t;
      if (t === 0) this.pairs = 0; // what is told of the curvature was of no use
    }
    goTo(t);
    for (let i = 0; i < d.length; i++) d[i] *= t;
    unflatten(d, parameters, (parameter) => this.slot(parameter, "step"));
    unflatten(g, parameters, (parameter) => this.slot(parameter, "gradient"));
  }

  /** Not used: all parameters go together. */
  protected update(): void {}

  /** The loss at these weights with ½·λ·‖w‖², and the gradients of both. */
  private evaluate(parameters: readonly Parameter[], closure: (() => number) | undefined): number {
    if (closure === undefined) {
      const advice = 'Call step(parameters, closure), or set lineSearch: "none".';
      fail("LBFGS", "a closure that computes loss and gradients again", "none", advice);
    }
    return closure() + this.penalty(parameters);
  }

  /** Prepares the gradients. */
  private penalty(parameters: readonly Parameter[]): number {
    for (const parameter of parameters) this.prepare(parameter);
    const { weightDecay = 0 } = this.options;
    if (weightDecay === 0) return 0;
    const w = flatten(parameters, value);
    return 0.5 * weightDecay * dot(w, w);
  }

  /** The last step was not of those that are trained now: nothing is told of their curvature. */
  private restart(all: readonly Parameter[]): void {
    this.pairs = 0;
    for (const parameter of all) {
      if (!parameter.trainable) for (const name of ["step", "gradient"]) this.slots.drop(parameter, name);
    }
  }

  /** What the last step tells, now that the gradient behind it is known. */
  private remember(parameters: readonly Parameter[], g: Float64Array): void {
    const s = flatten(parameters, (parameter) => this.slot(parameter, "step"));
    const y = flatten(parameters, (parameter) => this.slot(parameter, "gradient"));
    for (let i = 0; i < y.length; i++) y[i] = g[i] - y[i];
    if (!curves({ s, y })) return;
    const place = this.pairs++ % this.limit;
    unflatten(s, parameters, (parameter) => this.slot(parameter, `s${place}`));
    unflatten(y, parameters, (parameter) => this.slot(parameter, `y${place}`));
  }

  private history(parameters: readonly Parameter[]): readonly Pair[] {
    const { pairs, limit } = this;
    const told: Pair[] = [];
    for (let k = Math.max(0, pairs - limit); k < pairs; k++) {
      const s = flatten(parameters, (parameter) => this.slot(parameter, `s${k % limit}`));
      const y = flatten(parameters, (parameter) => this.slot(parameter, `y${k % limit}`));
      if (curves({ s, y })) told.push({ s, y }); // they were rounded when they were kept
    }
    return told;
  }

  private get limit(): number {
    return this.options.history ?? 10;
  }
}

function norm1(g: Float64Array): number {
  return g.reduce((sum, value) => sum + Math.abs(value), 0);
}
