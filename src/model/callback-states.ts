import { fail } from "../errors.js";
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
  for (const [name, { state }] of named(callbacks)) if (state !== undefined) states[name] = state;
  return states;
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
