import { fail } from "../errors.js";
import type { Floats } from "../kernels/kernels.js";
import type { Matrix } from "../matrix.js";
import { checkOptions, type Rules } from "../options.js";
import type { Parameter } from "../parameter.js";
import { type Rate, rateAt, rateRule } from "../schedules/schedule.js";
import { gatherGradients } from "./accumulation.js";
import { followWeights, swapAverages } from "./averages.js";
import { clipGlobalNorm, clipNorm, clipValue } from "./clipping.js";
import { Groups } from "./groups.js";
import { commonRules, type OptimizerClass, type OptimizerOptions } from "./optimizer-options.js";
import { Slots } from "./slots.js";

export * from "./optimizer-options.js";

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
  /** Where λ·w goes: into the gradient, or straight into the rule, which is then handed λ. */
  protected readonly decay: "gradient" | "decoupled" = "gradient";
  /** λ where the options have none. */
  protected readonly defaultDecay: number = 0;
  steps = 0; // that are finished
  private rate: Rate;
  /** η as the optimizer was made. */
  readonly firstRate: Rate;
  /** Settings of some of the parameters; `groups.rates` can be changed between steps. */
  readonly groups: Groups;
  private owner: object | undefined;
  protected readonly slots = new Slots();
  private isAveraged = false; // whether the parameters hold the averages, and the slots the weights
  private gathered = 0; // gradients for the step to come

  /** @throws ChainruleError for an unknown option, or one with a value that does not fit */
  constructor(options: Options, defaultRate?: number) {
    const { type, rules } = new.target as unknown as OptimizerClass;
    checkOptions(type, options, rules());
    this.options = Object.freeze({ ...options });
    this.firstRate =
      options.learningRate ?? defaultRate ?? fail(type, "a `learningRate`", "none", "Try 0.01.");
    this.rate = this.firstRate;
    this.groups = new Groups(type, options.groups);
  }

  /** η now: a number or a schedule. It can be changed between steps. */
  get learningRate(): Rate {
    return this.rate;
  }

  set learningRate(rate: Rate) {
    checkOptions(this.type, { learningRate: rate }, { learningRate: rateRule });
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
   * One step on the gradients that the parameters hold. Weight decay, clipping and `accumulate` change `grad` in place.
   * `closure` computes the loss and the gradients again, for methods that look at more than one point.
   * @throws ChainruleError while `useAverages` is in force
   */
  step(parameters: readonly Parameter[], closure?: () => number): void {
    if (this.isAveraged) fail(this.type, "weights in training", "their averages", "Call useWeights first.");
    const { accumulate = 1, average } = this.options;
    this.gathered = (this.gathered + 1) % accumulate;
    if (accumulate > 1) gatherGradients(this.slots, parameters, accumulate, this.gathered === 0);
    if (this.gathered > 0) return;
    const rate = rateAt(this.rate, this.steps);
    this.groups.begin(parameters, this.steps);
    this.begin(parameters, rate);
    this.advance(parameters, rate, closure);
    this.steps++;
    for (const { constraint, trainable, value } of parameters) if (trainable) constraint?.(value);
    if (average !== undefined) followWeights(this.slots, parameters, average);
  }

  /** The averages take the place of the weights, to evaluate or save them. @throws ChainruleError if none are kept */
  useAverages(parameters: readonly Parameter[]): void {
    if (!this.keepsAverages) fail(this.type, "the option `average`", "none", "Try 0.999.");
    this.place(parameters, true);
  }

  /** The weights are back in their place. */
  useWeights(parameters: readonly Parameter[]): void {
    this.place(parameters, false);
  }

  /** For who sets the weights: what is in the parameters is trained from here, and averages begin anew. */
  restartAverages(parameters: readonly Parameter[]): void {
    for (const parameter of parameters) this.slots.drop(parameter, "average");
    this.isAveraged = false;
  }

  /** The plain numbers that the method keeps from step to step, by name. */
  get scalars(): Record<string, number> {
    const { steps, gathered, isAveraged } = this;
    const rest = { ...(gathered > 0 && { gathered }), ...(isAveraged && { averaged: 1 }) };
    return { steps, ...rest, ...this.groups.scalars };
  }

  set scalars(scalars: Record<string, number>) {
    this.steps = scalars.steps;
    this.groups.scalars = scalars;
    this.gathered = scalars.gathered ?? 0;
    this.isAveraged = scalars.averaged === 1;
  }

  /** The names of what the method keeps for a parameter. */
  slotNames(parameter: Parameter): readonly string[] {
    return this.slots.names(parameter);
  }

  /**
   * The matrix that the method keeps for a parameter under a name, zeros at first. A first call may make the memory
   * grow: look at anybody's `data` only afterwards.
   */
  slot(parameter: Parameter, name: string): Matrix {
    return this.slots.get(parameter, name);
  }

  /** Forgets what the method keeps for these parameters. */
  forget(parameters: readonly Parameter[]): void {
    for (const parameter of parameters) this.slots.forget(parameter);
  }

  /** The model has another optimizer now: the state moves out of its memory, and back when it is wanted again. */
  leave(parameters: readonly Parameter[]): void {
    this.restartAverages(parameters); // what they follow goes on without them
    for (const parameter of parameters) this.slots.leave(parameter);
  }

  /** Whether there is a slot `average` for each parameter. */
  get keepsAverages(): boolean {
    return this.options.average !== undefined;
  }

  /** The numbers of the gradient, the value and these slots, which are made before anybody looks. */
  protected numbers(parameter: Parameter, ...names: readonly string[]): Floats[] {
    const slots = names.map((name) => this.slot(parameter, name));
    const gradient = parameter.grad.data;
    return [gradient, parameter.value.data, ...slots.map(({ data }) => data)];
  }

  /** λ for the parameter. */
  protected decayOf(parameter: Parameter): number {
    return this.groups.settings(parameter)?.weightDecay ?? this.options.weightDecay ?? this.defaultDecay;
  }

  /** What happens once a step, before the parameters; `rate` is that of those without a group. */
  protected begin(_parameters: readonly Parameter[], _rate: number): void {}

  /** All parameters, one after the other. */
  protected advance(parameters: readonly Parameter[], rate: number, _closure?: () => number): void {
    const { globalClipNorm } = this.options;
    if (globalClipNorm !== undefined) clipGlobalNorm(parameters, globalClipNorm);
    for (const parameter of parameters) {
      if (!parameter.trainable) continue;
      this.prepare(parameter);
      this.update(parameter, this.groups.rate(parameter, rate), this.decayOf(parameter));
    }
  }

  /** Clips the gradient, and adds λ·w if that is its place. */
  protected prepare(parameter: Parameter): void {
    const settings = this.groups.settings(parameter);
    const { clipValue: value = this.options.clipValue, clipNorm: norm = this.options.clipNorm } =
      settings ?? {};
    if (value !== undefined) clipValue(parameter.grad, value);
    if (norm !== undefined) clipNorm(parameter.grad, norm);
    const lambda = this.decay === "gradient" ? this.decayOf(parameter) : 0;
    if (lambda !== 0) parameter.kernels.addScaled(parameter.value, lambda, parameter.grad);
  }

  /** The rule: changes `parameter.value` by `parameter.grad`; `decay` is λ, which decoupled rules apply themselves. */
  protected abstract update(parameter: Parameter, rate: number, decay: number): void;

  private place(parameters: readonly Parameter[], averages: boolean): void {
    if (averages !== this.isAveraged) swapAverages(this.slots, parameters);
    this.isAveraged = averages;
  }
}
