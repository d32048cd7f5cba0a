import { fail } from "../errors.js";
import { Matrix } from "../matrix.js";
import { checkOptions, optional, record } from "../options.js";
import type { Callback, CallbackState } from "./callbacks.js";

/** Those that have a state, by a name that is theirs alone: `earlyStopping`, `earlyStopping 2` … */
function named(callbacks: readonly Callback[]): ReadonlyMap<string, Callback> {
  const byName = new Map<string, Callback>();
  for (const callback of callbacks) {
    if (!("state" in callback)) continue;
    const { name = "callback" } = callback;
    let unique = name;
    for (let i = 2; byName.has(unique); i++) unique = `${name} ${i}`;
    byName.set(unique, callback);
  }
  return byName;
}

/** What the callbacks remember, by name. */
export function stateOf(callbacks: readonly Callback[]): Record<string, CallbackState> {
  const states: Record<string, CallbackState> = Object.create(null);
  for (const [name, callback] of named(callbacks)) {
    const { state } = callback;
    if (state === undefined) continue;
    checkOptions(`A checkpoint, \`state\` of ${name},`, state, rules());
    if (!canBeSet(callback)) fail("A checkpoint", `a \`state\` of ${name} that can be set`, "only a getter");
    states[name] = state;
  }
  return states;
}

const rules = () => ({
  numbers: record("numbers by name", (v) => typeof v === "number"),
  weights: optional(record("matrices by name", Matrix.isMatrix)),
});

/** Whether an object, or what it comes of, lets its state be set. */
function canBeSet(object: object | null): boolean {
  if (object === null) return false;
  const { set, writable } = Object.getOwnPropertyDescriptor(object, "state") ?? {};
  return set !== undefined || writable === true || canBeSet(Object.getPrototypeOf(object));
}

/** @throws ChainruleError unless there is a callback for each state */
export function expectFits(
  callbacks: readonly Callback[],
  states: Readonly<Record<string, CallbackState>>,
): void {
  const known = named(callbacks);
  for (const name of Object.keys(states)) {
    if (known.has(name)) continue;
    fail("fit with `resume`", `the callback ${name}, as in the checkpoint`, "none");
  }
}

/** Gives callbacks back what they remembered. */
export function restoreStates(
  callbacks: readonly Callback[],
  states: Readonly<Record<string, CallbackState>>,
): void {
  for (const [name, callback] of named(callbacks)) {
    if (Object.hasOwn(states, name)) callback.state = states[name];
  }
}
