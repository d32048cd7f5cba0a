import { readFileSync } from "node:fs";
import { safetensors } from "@jax-js/loaders";
import { Matrix, readSafetensors, type Tensor, type TensorLike, writeSafetensors } from "chainrule";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { joined } from "../fuzz/mutate.js";

const fixture = (name: string) => readFileSync(new URL(`../fixtures/${name}`, import.meta.url));

it("reads what the reference implementation wrote, of every type", () => {
  const { tensors, metadata } = readSafetensors(new Uint8Array(fixture("python.safetensors")));
  const expected = JSON.parse(fixture("python.json").toString()) as Record<
    string,
    { shape: number[]; values: string[] }
  >;
  expect(metadata.made_by).toBe("safetensors");
  expect(Object.keys(tensors).sort()).toEqual(Object.keys(expected).sort());
  const number = (text: string) => Number(text.replace("inf", "Infinity"));
  for (const [name, { shape, values }] of Object.entries(expected)) {
    const { shape: side, data, dtype } = tensors[name];
    expect(side, name).toEqual(shape);
    if (dtype === "I64") expect([...data].map(String)).toEqual(values);
    else expect([...data].map(Number), name).toEqual(values.map(number));
  }
});

it("writes what a reader that is not ours reads", () => {
  const bytes = writeSafetensors(
    {
      m: Matrix.from([[1, 2, 3]]),
      d: { shape: [2], data: Float64Array.of(0.1, -0) },
      i: { shape: [], data: Int32Array.of(7) },
    },
    { said: "hello" },
  );
  const { tensors } = safetensors.parse(Uint8Array.from(bytes));
  expect(tensors.m).toMatchObject({ dtype: "F32", shape: [1, 3], data: Float32Array.of(1, 2, 3) });
  expect(tensors.d.data).toEqual(Float64Array.of(0.1, -0));
  expect(tensors.i.shape).toEqual([]);
});

const kinds: Readonly<Record<string, TensorLike>> = {
  F64: { shape: [2, 1], data: Float64Array.of(Math.PI, Number.NaN) },
  F32: { shape: [2], data: Float32Array.of(-0, Number.POSITIVE_INFINITY) },
  I64: { shape: [2], data: BigInt64Array.of(-1n, 2n ** 62n) },
  U64: { shape: [1], data: BigUint64Array.of(2n ** 64n - 1n) },
  I32: { shape: [1, 1, 1], data: Int32Array.of(-7) },
  U32: { shape: [], data: Uint32Array.of(4_000_000_000) },
  I16: { shape: [3], data: Int16Array.of(1, -2, 3) },
  U16: { shape: [0, 5], data: new Uint16Array(0) },
  I8: { shape: [1], data: Int8Array.of(-128) },
  U8: { shape: [3], data: Uint8Array.of(0, 1, 255) },
  BOOL: { shape: [2], data: Uint8Array.of(1, 0), dtype: "BOOL" },
};

it("brings every type back, as views of the file where it can", () => {
  const bytes = writeSafetensors(kinds, { a: "b" });
  const { tensors } = readSafetensors(bytes);
  for (const [dtype, like] of Object.entries(kinds) as [string, Tensor][]) {
    expect(tensors[dtype]).toEqual({ dtype, shape: like.shape, data: like.data });
    expect(tensors[dtype].data.buffer).toBe(bytes.buffer);
  }
  const shifted = new Uint8Array(bytes.length + 1);
  shifted.set(bytes, 1);
  expect(readSafetensors(shifted.subarray(1)).tensors.F64.data).toEqual((kinds.F64 as Tensor).data);
});

it("brings any names and texts back", () => {
  const names = fc.uniqueArray(
    fc.oneof(fc.string(), fc.constantFrom("__proto__", "constructor", "0.weight", "\ud800")),
    { maxLength: 5 },
  );
  fc.assert(
    fc.property(names, fc.dictionary(fc.string(), fc.string()), (list, metadata) => {
      const tensors = Object.create(null) as Record<string, TensorLike>;
      for (const [i, name] of list.filter((n) => n !== "__metadata__").entries())
        tensors[name] = Matrix.full(1, i, i);
      const file = readSafetensors(writeSafetensors(tensors, metadata));
      expect(Object.keys(file.tensors).sort()).toEqual(Object.keys(tensors).sort());
      expect({ ...file.metadata }).toEqual(metadata);
    }),
  );
});

it("puts numbers at multiples of 64 bytes", () => {
  for (const name of ["a", "a".repeat(33), "a".repeat(64)]) {
    expect((writeSafetensors({ [name]: Matrix.full(1, 1, 1) }).length - 4) % 64).toBe(0);
  }
});

describe("refuses", () => {
  const one = { dtype: "F32", shape: [1], data_offsets: [0, 4] };
  const four = new Uint8Array(4);
  const of = (header: unknown, data = four) =>
    joined(typeof header === "string" ? header : JSON.stringify(header), data);
  it.each([
    ["no bytes", new Uint8Array(0), /^readSafetensors expects at least 8 bytes, but got 0\.$/],
    [
      "a header that is longer than the file",
      Uint8Array.of(200, 0, 0, 0, 0, 0, 0, 0, 0x7b),
      /a header of at most 1 bytes, but got 200/,
    ],
    [
      "a length beyond 2⁵³",
      new Uint8Array(9).fill(255),
      /a header of at most 1 bytes, but got 18446744073709552000/,
    ],
    [
      "bytes that are no text",
      Uint8Array.of(...of("{}").subarray(0, 8), 0xff, 0x7d),
      /a header of JSON in UTF-8/,
    ],
    ["a byte order mark", of("\ufeff{}", new Uint8Array(0)), /JSON/],
    ["a list", of("[]"), /a header that is a JSON object, but got an array of 0/],
    ["space before the header", of(" {}", new Uint8Array(0)), /a header that is a JSON object/],
    [
      "a name twice",
      of(`{"a":${JSON.stringify(one)},"a":${JSON.stringify(one)}}`),
      /the name "a" twice in one object/,
    ],
    [
      "a name twice, written differently",
      of(`{"a":${JSON.stringify(one)},"\\u0061":${JSON.stringify(one)}}`),
      /twice/,
    ],
    ["deep nesting", of("[".repeat(5000)), /nested more than 256 deep/],
    [
      "an unknown type",
      of({ a: { ...one, dtype: "F33" } }),
      /tensor "a", expects a dtype of F64 .*, but got "F33"/,
    ],
    ["an inherited name as type", of({ a: { ...one, dtype: "toString" } }), /a dtype/],
    ["an unknown entry", of({ a: { ...one, more: 1 } }), /dtype, shape and data_offsets, but got "more"/],
    ["a shape of fractions", of({ a: { ...one, shape: [0.5] } }), /a shape of whole numbers/],
    ["a shape below 0", of({ a: { ...one, shape: [-1] } }), /a shape of whole numbers/],
    [
      "offsets of another size",
      of({ a: { ...one, data_offsets: [0, 3] } }),
      /4 bytes for F32 \[1\], but got offsets 0 to 3/,
    ],
    ["a size beyond everything", of({ a: { ...one, shape: [2 ** 52, 2 ** 52, 2 ** 52] } }), /bytes for F32/],
    ["offsets that go back", of({ a: { ...one, data_offsets: [4, 0] } }), /4 bytes/],
    [
      "a hole",
      of({ a: { ...one, data_offsets: [4, 8] } }, new Uint8Array(8)),
      /"a" to begin at 0, behind the one before, but got 4/,
    ],
    ["an overlap", of({ a: one, b: one }), /"b" to begin at 4, behind the one before, but got 0/],
    ["bytes that nobody has", of({ a: one }, new Uint8Array(5)), /4 bytes behind the header, but got 5/],
    [
      "a file that is cut off",
      of({ a: one }, new Uint8Array(3)),
      /4 bytes behind the header, but got 3\. Is the file cut off/,
    ],
    [
      "metadata that is no text",
      of({ __metadata__: { a: 1 } }, new Uint8Array(0)),
      /`__metadata__` to be texts by name/,
    ],
  ])("%s", (_, bytes, message) => expect(() => readSafetensors(bytes)).toThrow(message));

  it.each([
    [() => readSafetensors("x" as never), /a Uint8Array, but got "x"/],
    [
      () => writeSafetensors({ a: { shape: [2], data: Float32Array.of(1) } }),
      /tensor "a", expects a shape of 1 numbers, but got \[2\]/,
    ],
    [
      () => writeSafetensors({ a: { shape: [1], data: Float32Array.of(1), dtype: "F64" } }),
      /a dtype of a Float32Array: F32, but got "F64"/,
    ],
    [() => writeSafetensors({ a: { shape: [1], data: [1] } as never }), /a typed array/],
    [
      () => writeSafetensors({ a: { shape: [1], data: new DataView(new ArrayBuffer(1)) } as never }),
      /a dtype/,
    ],
    [() => writeSafetensors({ __metadata__: Matrix.full(1, 1, 1) }), /the format uses itself/],
    [() => writeSafetensors({}, { a: 1 as never }), /`metadata\.a` to be a text/],
  ])("%s", (make, message) => expect(make).toThrow(message));
});
