import type { Matrix } from "../matrix.js";
import type { Parameter } from "../parameter.js";

/** The named matrices that an optimizer keeps, each as large as its parameter. */
export class Slots {
  private readonly all = new WeakMap<Parameter, Map<string, Matrix>>();

  names(parameter: Parameter): readonly string[] {
    return [...(this.all.get(parameter)?.keys() ?? [])];
  }

  has(parameter: Parameter, name: string): boolean {
    return this.all.get(parameter)?.has(name) === true;
  }

  /** Whether an update has left anything for the parameter. */
  wereUpdated(parameter: Parameter): boolean {
    return this.names(parameter).some((name) => name !== "gathered");
  }

  /** The matrix under this name, zeros at first, in the memory that the parameter is in. */
  get(parameter: Parameter, name: string): Matrix {
    const slots = this.all.get(parameter) ?? new Map<string, Matrix>();
    this.all.set(parameter, slots);
    const kept = slots.get(name);
    if (kept !== undefined && kept.storage.memory === parameter.value.storage.memory) return kept;
    const slot = parameter.zeros();
    if (kept !== undefined) slot.data.set(kept.data);
    slots.set(name, slot);
    return slot;
  }

  drop(parameter: Parameter, name: string): void {
    const slots = this.all.get(parameter);
    slots?.get(name)?.storage.release?.();
    slots?.delete(name);
  }

  forget(parameter: Parameter): void {
    for (const slot of this.all.get(parameter)?.values() ?? []) slot.storage.release?.();
    this.all.delete(parameter);
  }

  /** Moves them out of the parameter's memory; `get` moves them back. */
  leave(parameter: Parameter): void {
    const slots = this.all.get(parameter);
    if (slots === undefined) return;
    for (const [name, slot] of slots) {
      slots.set(name, slot.copy());
      slot.storage.release?.();
    }
  }
}
