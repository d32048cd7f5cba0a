import { fail, size } from "../errors.js";
import type { Layer } from "../layers/layer.js";
import type { Matrix } from "../matrix.js";
import { Sequential } from "../model/sequential.js";
import type { SequentialOptions } from "../model/sequential-options.js";

/** A layer that was read from a foreign file, and the values of its parameters by their names in the layer. */
export interface Part {
  readonly layer: Layer;
  readonly values?: Readonly<Record<string, Matrix>>;
}

/**
 * A model of these layers whose parameters begin with these values.
 * @throws ChainruleError for a parameter without a value, with one of another size, and for a value without a parameter
 */
export function modelOfParts(who: string, parts: readonly Part[], options: SequentialOptions): Sequential {
  const values = new Map<string, Matrix>();
  for (const [i, part] of parts.entries()) {
    for (const [name, value] of Object.entries(part.values ?? {})) values.set(`${i}.${name}`, value);
  }
  const layers = parts.map(({ layer }) => layer);
  const model = new Sequential(layers, options, (name, rows, cols) => {
    const value = values.get(name);
    if (value === undefined) return fail(who, `values of ${JSON.stringify(name)}`, "none");
    if (value.rows !== rows || value.cols !== cols) {
      fail(who, `${JSON.stringify(name)} of ${size({ rows, cols })}`, size(value));
    }
    values.delete(name);
    return value;
  });
  for (const name of values.keys())
    fail(who, "values that the model has a parameter for", JSON.stringify(name));
  return model;
}
