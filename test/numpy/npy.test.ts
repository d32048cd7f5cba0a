import { readFileSync } from "node:fs";
import { ChainruleError, Matrix, type TensorLike } from "chainrule";
import { readNpy, toMatrix, writeNpy } from "chainrule/numpy";
import { describe, expect, it } from "vitest";

interface Case {
  readonly name: string;
  readonly plain: boolean;
  readonly shape: readonly number[];
  readonly values: readonly string[];
  readonly bytes: string;
}

const { cases, refused } = JSON.parse(
  readFileSync(new URL("../golden/numpy.json", import.meta.url), "utf8"),
) as { cases: Case[]; refused: Record<string, string> };

const bytesOf = (base64: string): Uint8Array => Uint8Array.from(Buffer.from(base64, "base64"));
const number = (text: string) => Number(text.replace("inf", "Infinity"));

it("reads what NumPy wrote: every dtype, both orders, both ends, every version", () => {
  expect(cases.length).toBeGreaterThan(60);
  for (const { name, shape, values, bytes } of cases) {
    const tensor = readNpy(bytesOf(bytes));
    expect(tensor.shape, name).toEqual(shape);
    if (/64$/.test(tensor.dtype) && tensor.dtype !== "F64")
      expect([...tensor.data].map(String), name).toEqual(values);
    else expect([...tensor.data].map(Number), name).toEqual(values.map(number));
  }
});

it("writes the bytes that NumPy writes", () => {
  const plain = cases.filter((one) => one.plain);
  expect(plain.length).toBeGreaterThan(18);
  for (const { name, bytes } of plain) {
    const wanted = bytesOf(bytes);
    expect(Buffer.compare(writeNpy(readNpy(wanted)), wanted), name).toBe(0);
  }
  const { shape, data } = readNpy(writeNpy(Matrix.from([[1, 2, 3]])));
  expect([shape, data]).toEqual([[1, 3], Float32Array.of(1, 2, 3)]);
});

it("reads where the bytes do not stand at a multiple of eight, and copies nothing where they do", () => {
  const bytes = writeNpy({ shape: [2], data: Float64Array.of(0.1, 2) });
  expect(readNpy(bytes).data.buffer).toBe(bytes.buffer);
  const shifted = new Uint8Array(bytes.length + 1);
  shifted.set(bytes, 1);
  expect(readNpy(shifted.subarray(1)).data).toEqual(Float64Array.of(0.1, 2));
});

it.each([
  ["objects", "Objects are pickled, and a pickle may run code: it is never read."],
  ["texts", "np.unique(a, return_inverse=True)[1]"],
  ["bytes", "np.unique(a, return_inverse=True)[1]"],
  ["complex", "Save a.real and a.imag."],
  ["long double", 'Save a.astype("float64").'],
  ["dates", 'Save a.astype("int64").'],
  ["fields", 'Save one field at a time: a["name"].'],
  ["void", 'Save one field at a time: a["name"].'],
])("refuses %s, and says what to do", (name, advice) => {
  const read = () => readNpy(bytesOf(refused[name]));
  expect(read).toThrow(ChainruleError);
  expect(read).toThrow("readNpy expects an array of numbers or truths, but got");
  expect(read).toThrow(advice);
});

/** A file with this header, of three bytes of numbers. */
function fileOf(header: string, { version = [1, 0], more = 3 } = {}): Uint8Array {
  const length = header.length;
  const size = version[0] === 1 ? [length & 255, length >> 8] : [length & 255, length >> 8, 0, 0];
  const start = [0x93, ...Buffer.from("NUMPY"), ...version, ...size, ...Buffer.from(header)];
  return Uint8Array.from([...start, ...new Array<number>(more).fill(1)]);
}

describe("a header", () => {
  const rest = "'fortran_order': False, 'shape': (3,), }";
  const good = `{'descr': '|u1', ${rest}\n`;

  it.each([
    good,
    `{"shape": (3), "descr": "|u1", "fortran_order": True}`.replace("(3)", "(3,)"),
    "{'descr':'u1','fortran_order':False,'shape':(3L,1,)}",
    "  {'descr' : '<u1' , 'fortran_order' : False , 'shape' : ( 3 , ) }  \n",
    "{'descr': '|u1', 'fortran_order': False, 'shape': ((3),)}",
  ])("may be written in way %#", (header) => {
    expect([...readNpy(fileOf(header)).data]).toEqual([1, 1, 1]);
  });

  it.each([
    "",
    "3",
    "{}",
    "{'descr': '|u1'}",
    `{'descr': '|u1', ${rest} extra`,
    `{'descr': '|u1', 'descr': '|u1', ${rest}`,
    `{'descr': '|u1', 'more': 1, ${rest}`,
    `{'descr': '|u1' ${rest}`,
    `{'descr': '\\x7cu1', ${rest}`,
    `{'descr': u1, ${rest}`,
    `{'descr': __import__('os'), ${rest}`,
    `{'descr': '__proto__', ${rest}`,
    `{'descr': '|u1', 'fortran_order': 0, 'shape': (3,)}`,
    "{'descr': '|u1', 'fortran_order': False, 'shape': (3)}",
    "{'descr': '|u1', 'fortran_order': False, 'shape': [3]}",
    "{'descr': '|u1', 'fortran_order': False, 'shape': (-3,)}",
    "{'descr': '|u1', 'fortran_order': False, 'shape': (3.0,)}",
    "{'descr': '|u1', 'fortran_order': False, 'shape': (True,)}",
    "{'descr': '|u1', 'fortran_order': False, 'shape': (99999999999999999999,)}",
    `{'descr': '|u1', 'fortran_order': False, 'shape': (${"1, ".repeat(65)})}`,
    `{'descr': ${"[".repeat(5000)}`,
    "{'descr': '|u1', 'fortran_order': False, 'shape': (9007199254740991, 9007199254740991)}",
    "{'descr': '|u1', 'fortran_order': False, 'shape': (2,)}",
    "{'descr': '|u1', 'fortran_order': False, 'shape': (4,)}",
    "{'descr': '|b1', 'fortran_order': False, 'shape': (3,)".concat(" "),
  ])("is refused when it is wrong in way %#", (header) => {
    expect(() => readNpy(fileOf(header))).toThrow(ChainruleError);
  });

  it("has a version that is known, and a length that is there", () => {
    expect(readNpy(fileOf(good, { version: [3, 0] })).shape).toEqual([3]);
    expect(() => readNpy(fileOf(good, { version: [4, 0] }))).toThrow("version 1.0, 2.0 or 3.0");
    expect(() => readNpy(fileOf(good, { version: [1, 1] }))).toThrow("but got 1.1");
    expect(() => readNpy(fileOf(good).subarray(0, 40))).toThrow("a header of at most 30 bytes");
    expect(() => readNpy(new Uint8Array(200))).toThrow("a file of NumPy's .npy format");
    expect(() => readNpy([] as never)).toThrow("readNpy expects a Uint8Array, but got an array of 0.");
  });

  it("says what to do about a second array in the file", () => {
    expect(() => readNpy(fileOf(good, { more: 9 }))).toThrow(
      "readNpy expects 3 bytes for U8 [3], but got 9. Save one array in a file, or several with np.savez.",
    );
  });
});

it("refuses to write what NumPy has no dtype for, and truths that are none", () => {
  const data = Uint8Array.of(0, 1, 2);
  expect(() => writeNpy({ dtype: "F8_E4M3", shape: [3], data })).toThrow(
    "a dtype that NumPy has, but got F8_E4M3",
  );
  expect(() => writeNpy({ dtype: "BOOL", shape: [3], data })).toThrow("truths of 0 and 1");
  expect(() => writeNpy({ shape: [2], data })).toThrow("a shape of 3 numbers, but got [2]");
  expect(() => writeNpy([1] as never)).toThrow("writeNpy expects a Matrix, or { shape, data }");
  expect(() => writeNpy({ shape: new Array(33).fill(1), data: data.subarray(0, 1) })).toThrow(
    "at most 32 sides",
  );
});

describe("toMatrix", () => {
  const sized = ({ rows, cols, dtype, data }: Matrix) => [rows, cols, dtype, [...data]];

  it("has a row for each place of the first side", () => {
    const data = Float64Array.of(1, 2, 3, 4);
    expect(sized(toMatrix({ shape: [4], data }))).toEqual([4, 1, "float32", [1, 2, 3, 4]]);
    expect(sized(toMatrix({ shape: [2, 2], data }))).toEqual([2, 2, "float32", [1, 2, 3, 4]]);
    expect(sized(toMatrix({ shape: [1, 2, 2], data }))).toEqual([1, 4, "float32", [1, 2, 3, 4]]);
    expect(sized(toMatrix({ shape: [], data: Int8Array.of(7) }))).toEqual([1, 1, "float32", [7]]);
    expect(sized(toMatrix({ shape: [0, 3], data: new Float32Array() }))).toEqual([0, 3, "float32", []]);
  });

  it("copies nothing that has the dtype already", () => {
    const data = Float64Array.of(1, 2);
    expect(toMatrix({ shape: [2], data }, { dtype: "float64" }).data).toBe(data);
    const matrix = Matrix.from([[1, 2]]);
    expect(toMatrix(matrix).data).toBe(matrix.data);
  });

  it("rounds floats, but no whole numbers", () => {
    expect(toMatrix({ shape: [2], data: Float64Array.of(0.1, Number.NaN) }).data).toEqual(
      Float32Array.of(0.1, Number.NaN),
    );
    const wide: TensorLike = { shape: [2], data: BigInt64Array.of(3n, 2n ** 53n + 1n) };
    expect(() => toMatrix(wide)).toThrow(
      'toMatrix expects numbers that float32 can hold, but got 9007199254740993 in place 1. Say { dtype: "float64" }, or scale the numbers.',
    );
    expect(() => toMatrix(wide, { dtype: "float64" })).toThrow("that float64 can hold");
    expect(() => toMatrix({ shape: [1], data: Int32Array.of(2 ** 24 + 1) })).toThrow(
      "but got 16777217 in place 0",
    );
    expect(() => toMatrix({ shape: [1], data: Float64Array.of(1e300) })).toThrow("but got 1e+300 in place 0");
  });

  it("takes halves and truths as they were read, and nothing else", () => {
    expect(toMatrix({ dtype: "F16", shape: [1], data: Float32Array.of(0.5) }).toArray()).toEqual([[0.5]]);
    expect(toMatrix({ dtype: "BOOL", shape: [1], data: Uint8Array.of(1) }).toArray()).toEqual([[1]]);
    expect(() => toMatrix({ dtype: "F8_E4M3", shape: [1], data: Uint8Array.of(1) })).toThrow(
      "the bytes of F8_E4M3",
    );
    expect(() => toMatrix(undefined as never)).toThrow("toMatrix expects a Matrix, or { shape, data }");
    expect(() => toMatrix({ shape: [1], data: Uint8Array.of(1) }, { dtype: "f4" } as never)).toThrow(
      "`dtype`",
    );
  });
});
