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
  private all: C;
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
    const known = this.own.get(parameter);
    if (known !== undefined) return known;
    const count = { ...(this.wasUpdated(parameter) ? this.all : this.start) };
    for (const name of Object.keys(count)) {
      const value = this.given[`${name}/${parameter.name}`];
      if (value !== undefined) Object.assign(count, { [name]: value });
    }
    this.own.set(parameter, count);
    return count;
  }

  /** One update more for those that are trained. */
  advance(parameters: readonly Parameter[], next: (count: C) => void): void {
    for (const parameter of parameters) this.of(parameter); // of the frozen ones too, before `all` goes on
    for (const parameter of parameters) if (parameter.trainable) next(this.of(parameter));
    next(this.all);
  }

  forget(parameters: readonly Parameter[]): void {
    for (const parameter of parameters) {
      this.own.delete(parameter);
      for (const name of Object.keys(this.start)) delete this.given[`${name}/${parameter.name}`];
    }
  }

  get scalars(): Record<string, number> {
    const scalars: Record<string, number> = { ...this.given, ...this.all };
    for (const [{ name: parameter }, count] of this.own) {
      for (const [name, value] of Object.entries(count)) {
        const key = `${name}/${parameter}`;
        if (count.steps > 0 && value !== this.all[name]) scalars[key] = value;
        else delete scalars[key];
      }
    }
    return scalars;
  }

  set scalars(scalars: Readonly<Record<string, number>>) {
    this.own.clear();
    this.all = { ...this.start };
    for (const name of Object.keys(this.start)) Object.assign(this.all, { [name]: scalars[name] });
    const isOfOne = (key: string) => Object.keys(this.start).some((name) => key.startsWith(`${name}/`));
    this.given = Object.fromEntries(Object.entries(scalars).filter(([key]) => isOfOne(key)));
  }
}
