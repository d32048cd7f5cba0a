import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { job } from "./serve.js";

/** The numbers of a file, read without a second copy in memory. */
export function floats(path: string): Float32Array<ArrayBuffer> {
  const file = openSync(path, "r");
  const numbers = new Float32Array(fstatSync(file).size / 4);
  const bytes = new Uint8Array(numbers.buffer);
  for (let at = 0; at < bytes.length; ) at += readSync(file, bytes, at, bytes.length - at, at);
  closeSync(file);
  return numbers;
}

/** W [inputs × units] and b of a layer. */
export interface LayerNumbers {
  readonly inputs: number;
  readonly units: number;
  readonly weight: Float32Array<ArrayBuffer>;
  readonly bias: Float32Array<ArrayBuffer>;
}

/** The first weights, layer by layer. */
export function layersOf(widths: readonly number[]): readonly LayerNumbers[] {
  const numbers = floats(job.files.weights);
  let at = 0;
  const take = (count: number) => {
    at += count;
    return numbers.slice(at - count, at);
  };
  return widths.slice(1).map((units, i) => {
    return { inputs: widths[i], units, weight: take(widths[i] * units), bias: take(units) };
  });
}
