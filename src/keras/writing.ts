import { fail } from "../errors.js";
import type { Layer } from "../layers/layer.js";
import type { Matrix } from "../matrix.js";
import type { Parameter } from "../parameter.js";
import type { Shape } from "../shape.js";

/** A layer in Keras's words: its class, its config without the name, and its weights in Keras's order. */
export interface KerasLayer {
  readonly type: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly weights?: readonly KerasWeight[];
}

export interface KerasWeight {
  readonly name: string;
  readonly shape: Shape;
  readonly value: Matrix;
}

/** What is written of one layer; `input` is the shape of its rows. */
export type LayerWriter = (layer: Layer, input: Shape) => KerasLayer;

/** The parameter that a layer calls so. */
export function parameterOf(layer: Layer, name: string): Parameter | undefined {
  return layer.parameters.find((one) => one.name.slice(one.name.lastIndexOf(".") + 1) === name);
}

/** @throws ChainruleError for what TensorFlow.js has not */
export function cannot(layer: Layer, what: string, advice = ""): never {
  return fail("toTensorFlowJs", "layers that TensorFlow.js has as well", `${what} of ${layer}`, advice);
}

/** `trainable` of a whole layer: Keras freezes layers, not weights. @throws ChainruleError where some are and some not */
export function trainable(layer: Layer, names: readonly string[]): { readonly trainable: boolean } {
  const found = names.map((name) => parameterOf(layer, name)).filter((one) => one !== undefined);
  const frozen = found.filter((one) => !one.trainable).length;
  if (frozen > 0 && frozen < found.length) {
    fail(
      "toTensorFlowJs",
      `all of ${layer} to be frozen, or nothing`,
      "a part",
      "Keras freezes whole layers.",
    );
  }
  return { trainable: frozen === 0 };
}
