import { fail } from "../errors.js";
import type { Layer } from "../layers/layer.js";
import type { Parameter } from "../parameter.js";

/** How PyTorch calls what has another name here. */
const names: Readonly<Record<string, string>> = {
  runningMean: "running_mean",
  runningVariance: "running_var",
  slope: "weight",
};

/** A parameter as a tensor of a file. */
export interface FileTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly isTransposed: boolean;
}

/** As PyTorch's module of the same equation has it. @throws ChainruleError for a layer that has no such module */
export function torchTensor(who: string, layer: Layer, { name, value }: Parameter): FileTensor {
  const { type, label, inputShape } = layer;
  const { rows, cols } = value;
  if (!/^(Dense|Embedding|PReLU|(Batch|Layer|RMS)Norm)$/.test(type)) {
    fail(who, "layers that PyTorch has too", label, "Use readSafetensors and setWeights.");
  }
  const isTransposed = type === "Dense" && name.endsWith("weight");
  let shape: readonly number[] = /^[LR]/.test(type) ? inputShape : [cols]; // that of LayerNorm, RMSNorm
  if (type === "Embedding") shape = [rows, cols];
  if (isTransposed) shape = [cols, rows];
  return { name: name.replace(/\w+$/, (local) => names[local] ?? local), shape, isTransposed };
}

/** What PyTorch counts beside a running mean. */
export const counterOf = (name: string): string => name.replace(/running_mean$/, "num_batches_tracked");
