import { type Batch, readSafetensors, writeSafetensors } from "chainrule";
import type { Digits } from "../contracts.js";

/** The first digits as a safetensors file of bytes. */
export function packDigits({ x, y }: Batch, count: number): Uint8Array {
  const pixels = Uint8Array.from(x.data.subarray(0, count * x.cols), (value) => Math.round(255 * value));
  const labels = Uint8Array.from(y.data.subarray(0, count));
  return writeSafetensors({
    pixels: { shape: [count, 28, 28], data: pixels },
    labels: { shape: [count], data: labels },
  });
}

/** The digits in such a file. */
export function unpackDigits(bytes: Uint8Array): Digits {
  const { pixels, labels } = readSafetensors(bytes).tensors;
  return {
    pixels: Float32Array.from(pixels.data as Uint8Array, (value) => value / 255),
    labels: Uint8Array.from(labels.data as Uint8Array),
    count: labels.shape[0],
  };
}
