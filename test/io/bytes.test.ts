import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import {
  ChainruleError,
  Dense,
  loadWeights,
  Matrix,
  modelFromBytes,
  modelToBytes,
  readSafetensors,
  Sequential,
  weightsToBytes,
} from "chainrule";
import { fromKeras, fromTensorFlowJs, toTensorFlowJs } from "chainrule/keras";
import { readNpy, readNpz, writeNpy, writeNpz } from "chainrule/numpy";
import { fromOnnx, readOnnxMetadata, toOnnx } from "chainrule/onnx";
import { describe, expect, it } from "vitest";

const made = () => new Sequential([new Dense({ units: 2 })], { input: [3], seed: 1 });
const model = made();
const array = Matrix.full(2, 3, 0.5);
const { modelJson, weights } = toTensorFlowJs(model);

/** Every reader of files, what it reads, and, of what it made, what must always be the same. */
const readers: Readonly<Record<string, [file: Uint8Array, read: (bytes: never) => unknown]>> = {
  readSafetensors: [modelToBytes(model), (bytes) => readSafetensors(bytes).tensors],
  modelFromBytes: [modelToBytes(model), (bytes) => modelFromBytes(bytes).getWeights()],
  loadWeights: [
    weightsToBytes(model, { layout: "pytorch" }),
    (bytes) => loadWeights(made(), bytes, { layout: "pytorch" }),
  ],
  readNpy: [writeNpy(array), (bytes) => readNpy(bytes)],
  readNpz: [await writeNpz({ array }), (bytes) => readNpz(bytes)],
  fromOnnx: [await toOnnx(model), async (bytes) => (await fromOnnx(bytes)).getWeights()],
  readOnnxMetadata: [await toOnnx(model), (bytes) => readOnnxMetadata(bytes)],
  fromKeras: [
    gunzipSync(readFileSync(new URL("../fixtures/keras/trained.keras.gz", import.meta.url))),
    async (bytes) => (await fromKeras(bytes)).getWeights(),
  ],
  "fromTensorFlowJs, weights": [weights, (bytes) => fromTensorFlowJs(modelJson, bytes).getWeights()],
  "fromTensorFlowJs, model": [
    new TextEncoder().encode(JSON.stringify(modelJson)),
    (bytes) => fromTensorFlowJs(bytes as unknown, weights).getWeights(),
  ],
};

/** The same bytes, a number of places behind the begin of their memory. */
function behind<V extends Uint8Array>(memory: V, bytes: Uint8Array, places: number): V {
  memory.set(bytes, places);
  return memory.subarray(places) as V;
}

const forms: Record<string, (bytes: Uint8Array) => unknown> = {
  "an ArrayBuffer": (bytes) => Uint8Array.from(bytes).buffer,
  "a SharedArrayBuffer": (bytes) =>
    behind(new Uint8Array(new SharedArrayBuffer(bytes.length)), bytes, 0).buffer,
  "a view of a SharedArrayBuffer": (bytes) =>
    behind(new Uint8Array(new SharedArrayBuffer(bytes.length + 3)), bytes, 3),
  "a DataView": (bytes) => new DataView(Uint8Array.from(bytes).buffer),
};
for (const places of [1, 2, 3, 4, 5, 7]) {
  forms[`a Buffer at place ${places}`] = (bytes) =>
    behind(Buffer.alloc(bytes.length + places), bytes, places);
  forms[`a Uint8Array at place ${places}`] = (bytes) =>
    behind(new Uint8Array(bytes.length + places), bytes, places);
}

describe.each(Object.entries(readers))("%s", (_, [file, read]) => {
  const from = async (bytes: unknown) => read(bytes as never);

  it.each(Object.entries(forms))("reads the bytes of %s", async (_, form) => {
    expect(await from(form(file))).toEqual(await from(file));
  });

  it.each([
    ["a Promise", () => Promise.resolve(file), "but got a Promise. Write `await` before it."],
    ["a Blob", () => new Blob([Uint8Array.from(file)]), "but got a Blob. Take `await its.arrayBuffer()`."],
    ["a number", () => 3, /but got (3|3\. Read the file first)\.$/],
    ["null", () => null, /but got (null|undefined)\./],
    ["nothing at all", () => new Uint8Array(0), /expects/],
    ["bytes that went to a worker", () => sent(file), /expects/],
  ])("says what to do about %s", async (_, value, message) => {
    const reading = from(value());
    await expect(reading).rejects.toThrow(message);
    await expect(reading).rejects.toBeInstanceOf(ChainruleError);
  });
});

function sent(file: Uint8Array): Uint8Array {
  const bytes = Uint8Array.from(file);
  structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
  return bytes;
}
