import { fail } from "../errors.js";
import type { Sequential } from "../model/sequential.js";
import type { TensorLike } from "./tensors.js";
import { counterOf } from "./torch-layout.js";
import { slotsOf, type WeightsOptions } from "./weight-slots.js";
import { writeSafetensors } from "./write-safetensors.js";

const WHO = "weightsToBytes";

/**
 * The weights of a model as a safetensors file, without the layers: for `load_state_dict` of PyTorch with
 * `layout: "pytorch"`, else for `loadWeights` here.
 * @throws ChainruleError for a model that is not built, and for layers that PyTorch has not
 */
export function weightsToBytes(model: Sequential<string>, options: WeightsOptions = {}): Uint8Array {
  const tensors: Record<string, TensorLike> = Object.create(null);
  for (const { name, shape, isTransposed, parameter } of slotsOf(WHO, model, options)) {
    if (name in tensors) fail(WHO, "a name for each tensor", `${JSON.stringify(name)} twice`);
    const steps = BigInt(model.context.position.step);
    tensors[counterOf(name)] = { shape: [], data: BigInt64Array.of(steps) }; // if that is another name
    tensors[name] = { shape, data: (isTransposed ? parameter.value.transpose() : parameter.value).data };
  }
  return writeSafetensors(tensors, { format: "pt" });
}
