import { describe, fail } from "../errors.js";
import type { Matrix } from "../matrix.js";
import { callable, checkOptions, either, nonNegative, optional, positive, type Rules } from "../options.js";
import type { Parameter } from "../parameter.js";
import { type Rate, rateAt } from "../schedules.js";
import { clipGlobalNorm, clipNorm, clipValue } from "./clipping.js";

/** What every optimizer takes. */
export interface OptimizerOptions {
  /** η: a number, or a schedule of the count of finished steps. */
  learningRate?: Rate;
  /** λ: adds λ·w to each gradient (L2 regularization, as in PyTorch). Default: 0. */
  weightDecay?: number;
  /** Cuts every number of a gradient to ±clipValue. Default: no limit. */
  clipValue?: number;
  /** Scales each parameter's gradient down to this Euclidean norm. Default: no limit. */
  clipNorm?: number;
  /** Scales all gradients together down to this Euclidean norm. Default: no limit. */
  globalClipNorm?: number;
}

/** The rules of the options that every optimizer takes. */
export const commonRules = (): Rules => ({
  learningRate: optional(either(nonNegative, callable("a schedule such as cosineDecay(…)"))),
  weightDecay: optional(nonNegative),
  clipValue: optional(positive),
  clipNorm: optional(positive),
  globalClipNorm: optional(positive),
});

/** An optimizer's class: what is known of it before there is an instance. */
export interface OptimizerClass {
  new (options: never): Optimizer;
  readonly type: string;
  readonly rules: () => Rules;
  readonly example: OptimizerOptions;
}

/**
 * Changes parameters by their gradients. A subclass is its update rule; the walk over the parameters, the schedule,
 * clipping and the state are here. State is one named matrix per parameter and slot, and plain numbers.
 */
export abstract class Optimizer<Options extends OptimizerOptions = OptimizerOptions> {
  /** The name in files: a literal, since minifiers rename classes. */
  static readonly type: string;
  static readonly rules: () => Rules = commonRules;
  /** What the conformance suite makes an optimizer with. */
  static readonly example: OptimizerOptions = { learningRate: 0.1 };

  readonly options: Readonly<Options>;
  /** Which batches the rule is meant for; `"full"` refuses a number as `batchSize`. */
  readonly batches: "any" | "full" = "any";
  /** How many steps are finished. */
  steps = 0;
  private rate: Rate;
  private readonly firstRate: Rate;
  private owner: object | undefined;
  private readonly slots = new WeakMap<Parameter, Map<string, Matrix>>();

  /** @throws ChainruleError for an unknown option, or one with a value that does not fit */
  constructor(options: Options, defaultRate?: number) {
    const { type, rules } = new.target as unknown as OptimizerClass;
    checkOptions(type, options, rules());
    this.options = Object.freeze({ ...options });
    this.firstRate =
      options.learningRate ?? defaultRate ?? fail(type, "a `learningRate`", "none", "Try 0.01.");
    this.rate = this.firstRate;
  }

  /** η now: a number or a schedule. It can be changed between steps. */
  get learningRate(): Rate {
    return this.rate;
  }

  set learningRate(rate: Rate) {
    if (typeof rate !== "function" && !nonNegative.accepts(rate)) {
      fail(this.type, "`learningRate` to be a finite number of at least 0, or a schedule", describe(rate));
    }
    this.rate = rate;
  }

  /** η, where it is a number and not that of the constructor any more; `undefined` takes it back there. */
  get changedRate(): number | undefined {
    return typeof this.rate === "number" && this.rate !== this.firstRate ? this.rate : undefined;
  }

  set changedRate(rate: number | undefined) {
    this.learningRate = rate ?? this.firstRate;
  }

  get type(): string {
    return (this.constructor as unknown as OptimizerClass).type;
  }

  /** A model takes the optimizer for itself. @throws ChainruleError if another model has it */
  claim(owner: object): void {
    if (this.owner !== undefined && this.owner !== owner) {
      fail(
        this.type,
        "to train one model",
        "a second one",
        "It keeps state for each parameter: make a new one.",
      );
    }
    this.owner = owner;
  }

  /**
   * One step on the gradients that the parameters hold. Weight decay and clipping change `grad` in place.
   * `closure` computes the loss and the gradients again, for methods that look at more than one point.
   */
  step(parameters: readonly Parameter[], _closure?: () => number): void {
    const rate = rateAt(this.rate, this.steps);
    const { weightDecay = 0, clipValue: value, clipNorm: norm, globalClipNorm } = this.options;
    if (globalClipNorm !== undefined) clipGlobalNorm(parameters, globalClipNorm);
    this.begin();
    for (const parameter of parameters) {
      if (!parameter.trainable) continue;
      if (value !== undefined) clipValue(parameter.grad, value);
      if (norm !== undefined) clipNorm(parameter.grad, norm);
      if (weightDecay !== 0) parameter.kernels.addScaled(parameter.value, weightDecay, parameter.grad);
      this.update(parameter, rate);
    }
    this.steps++;
  }

  /** The plain numbers that the method keeps from step to step, by name. */
  get scalars(): Record<string, number> {
    return { steps: this.steps };
  }

  set scalars(scalars: Record<string, number>) {
    this.steps = scalars.steps;
  }

  /** The names of what the method keeps for a parameter. */
  slotNames(parameter: Parameter): readonly string[] {
    return [...(this.slots.get(parameter)?.keys() ?? [])];
  }

  /**
   * The matrix that the method keeps for a parameter under a name, zeros at first. A first call may make the memory
   * grow: look at anybody's `data` only afterwards.
   */
  slot(parameter: Parameter, name: string): Matrix {
    const slots = this.slots.get(parameter) ?? new Map<string, Matrix>();
    this.slots.set(parameter, slots);
    const kept = slots.get(name);
    if (kept !== undefined && kept.storage.memory === parameter.value.storage.memory) return kept;
    const slot = parameter.zeros();
    if (kept !== undefined) slot.data.set(kept.data);
    slots.set(name, slot);
    return slot;
  }

  /** Forgets what the method keeps for these parameters. */
  forget(parameters: readonly Parameter[]): void {
    for (const parameter of parameters) {
      for (const slot of this.slots.get(parameter)?.values() ?? []) slot.storage.release?.();
      this.slots.delete(parameter);
    }
  }

  /** The model has another optimizer now: the state moves out of its memory, and back when it is wanted again. */
  leave(parameters: readonly Parameter[]): void {
    for (const parameter of parameters) {
      const slots = this.slots.get(parameter);
      if (slots === undefined) continue;
      for (const [name, slot] of slots) {
        slots.set(name, slot.copy());
        slot.storage.release?.();
      }
    }
  }

  /** What happens once a step, before the parameters. */
  protected begin(): void {}

  /** The rule: changes `parameter.value` by `parameter.grad`. */
  protected abstract update(parameter: Parameter, rate: number): void;
}
