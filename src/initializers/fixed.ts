import { type Named, named } from "../named.js";
import { checkOptions, finite, optional } from "../options.js";
import type { Initializer } from "./initializer.js";

/** All 0. */
export function zeros(): Named<Initializer> {
  return named("zeros", {}, (value) => void value.data.fill(0));
}

/** All 1. */
export function ones(): Named<Initializer> {
  return named("ones", {}, (value) => void value.data.fill(1));
}

/** All `value`. */
export function constant(options: {
  /** What every weight is. */
  value: number;
}): Named<Initializer> {
  checkOptions("constant", options, { value: finite });
  return named("constant", options, (w) => void w.data.fill(options.value));
}

/** `gain` on the diagonal, 0 elsewhere: a layer that passes its inputs on. Default: gain 1. */
export function identity(
  options: {
    /** What stands on the diagonal. Default: 1. */
    gain?: number;
  } = {},
): Named<Initializer> {
  checkOptions("identity", options, { gain: optional(finite) });
  const { gain = 1 } = options;
  return named("identity", options, ({ rows, cols, data }) => {
    data.fill(0);
    for (let i = 0; i < Math.min(rows, cols); i++) data[i * cols + i] = gain;
  });
}
