import type { Floats } from "../../kernels/kernels.js";
import type { Field } from "./message.js";

/** The messages of TensorBoard: tensorflow/core/util/event.proto and tensorflow/core/framework/summary.proto. */
const VERSION = "brain.Event:2";
const DT_STRING = 7;
const START = 1;
/** Which of TensorBoard's pages a tensor is for. */
const TENSOR = 2;
const BLOBS = 3;
/** Into how many bars numbers are counted. */
const BARS = 30;

/** What every event file begins with. */
export const versionField: Field = [3, "string", VERSION];

/** All that was written for this step and later ones is to be forgotten. */
export const restartField: Field = [7, "message", [[1, "uint32", START]]];

/** A graph as the bytes of a GraphDef. */
export const graphField = (graph: Uint8Array): Field => [4, "bytes", graph];

/** The values of a summary, in one event. */
export const summaryField = (values: readonly Field[]): Field => [5, "message", values];

export function scalar(tag: string, value: number): Field {
  return valueFor(tag, [2, "float", value]);
}

/** How often the numbers fall into each of some bars of one width; nothing where none is finite. */
export function histogram(tag: string, numbers: Floats): Field[] {
  const finite = numbers.filter(Number.isFinite);
  if (finite.length === 0) return [];
  let [low, high, sum, squares] = [finite[0], finite[0], 0, 0];
  for (const x of finite) {
    low = Math.min(low, x);
    high = Math.max(high, x);
    sum += x;
    squares += x * x;
  }
  const bars = low === high ? 1 : BARS;
  const counts = new Float64Array(bars);
  for (const x of finite) counts[Math.min(bars - 1, Math.floor(((x - low) / (high - low || 1)) * bars))]++;
  const ends = Array.from(counts, (_, bar) =>
    bar === bars - 1 ? high : low + ((high - low) * (bar + 1)) / bars,
  );
  const totals = [low, high, finite.length, sum, squares].map((x, i): Field => [i + 1, "double", x]);
  return [valueFor(tag, [5, "message", [...totals, [6, "doubles", ends], [7, "doubles", counts]]])];
}

/** A text in Markdown. */
export function markdown(tag: string, text: string): Field {
  const bytes = new TextEncoder().encode(text);
  return valueFor(tag, strings([bytes]), pluginOf("text", TENSOR));
}

/** Pictures of one size, as PNG files. */
export function pictures(tag: string, height: number, width: number, files: readonly Uint8Array[]): Field {
  const sides = [width, height].map((side) => new TextEncoder().encode(String(side)));
  return valueFor(tag, strings([...sides, ...files]), pluginOf("images", BLOBS));
}

function valueFor(tag: string, ...fields: readonly Field[]): Field {
  return [1, "message", [[1, "string", tag], ...fields]];
}

/** A TensorProto of texts, one beside the other. */
function strings(values: readonly Uint8Array[]): Field {
  const shape: Field = [2, "message", [[2, "message", [[1, "int64", values.length]]]]];
  return [8, "message", [[1, "uint32", DT_STRING], shape, ...values.map((one): Field => [8, "bytes", one])]];
}

function pluginOf(name: string, dataClass: number): Field {
  return [
    9,
    "message",
    [
      [1, "message", [[1, "string", name]]],
      [4, "uint32", dataClass],
    ],
  ];
}
