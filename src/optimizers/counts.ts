import type { Parameter } from "../parameter.js";

/** Numbers that come of how often a parameter was updated: `steps` itself, and such as β₁ᵗ. */
export type Count = { steps: number } & Record<string, number>;

/**
 * A count for each parameter, since one that is frozen for a while, or comes later, has had fewer updates than others.
 * What it reads and writes is that of all steps, and, as `steps/0.weight`, what is another for a parameter.
 */
export class Counts<C extends Count> {
  private readonly own = new Map<Parameter, C>();
  /** Of one that has missed no step. */
  private readonly all: C;
  /** What was given, for parameters that are not seen yet. */
  private given: Record<string, number> = {};

  /** @param wasUpdated whether there is anything that updates have left for the parameter */
  constructor(
    private readonly start: C,
    private readonly wasUpdated: (parameter: Parameter) => boolean,
  ) {
    this.all = { ...start };
  }

  of(parameter: Parameter): C {
    let count = this.own.get(parameter);
    if (count !== undefined) return count;
    count = { ...(this.wasUpdated(parameter) ? this.all : this.start) };
    for (const name in count)
      count[name] = (this.given[`${name}/${parameter.name}`] ?? count[name]) as C[typeof name];
    this.own.set(parameter, count);
    return count;
  }

  /** One update more for those that are trained. */
  advance(parameters: readonly Parameter[], next: (count: C) => void): void {
    for (const parameter of parameters) {
      const count = this.of(parameter); // of a frozen one too, before `all` goes on
      if (parameter.trainable) next(count);
    }
    next(this.all);
  }

  forget(parameters: readonly Parameter[]): void {
    for (const parameter of parameters) this.own.delete(parameter);
  }

  get scalars(): Record<string, number> {
    const scalars: Record<string, number> = { ...this.given, ...this.all };
    for (const [parameter, count] of this.own) {
      for (const name in count) {
        const key = `${name}/${parameter.name}`;
        if (count.steps > 0 && count[name] !== this.all[name]) scalars[key] = count[name];
        else delete scalars[key];
      }
    }
    return scalars;
  }

  set scalars(scalars: Readonly<Record<string, number>>) {
    this.own.clear();
    for (const name in this.all) this.all[name] = scalars[name] as C[typeof name];
    this.given = Object.fromEntries(Object.entries(scalars).filter(([key]) => key.includes("/")));
  }
}
