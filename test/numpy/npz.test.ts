import { readFileSync } from "node:fs";
import { ChainruleError, Matrix, type TensorLike } from "chainrule";
import { readNpz, toMatrix, writeNpy, writeNpz } from "chainrule/numpy";
import { zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { arrays } from "./support/arrays.js";

const fixture = (name: string) =>
  Uint8Array.from(readFileSync(new URL(`../fixtures/${name}`, import.meta.url)));

describe.each(["numpy.npz", "numpy-compressed.npz"])("%s", (name) => {
  it("reads as NumPy wrote it", async () => {
    const { x, y, ...rest } = await readNpz(fixture(name));
    expect(x).toMatchObject({
      dtype: "F64",
      shape: [2, 3],
      data: Float64Array.of(0, 0.25, 0.5, 0.75, 1, 1.25),
    });
    expect(y).toMatchObject({ dtype: "I64", shape: [2], data: BigInt64Array.of(1n, 0n) });
    expect(toMatrix(y).toArray()).toEqual([[1], [0]]);
    if (name === "numpy.npz") expect(rest.名前).toMatchObject({ shape: [], data: Float32Array.of(0.5) });
    else expect(rest.zeros.data.length).toBe(10_000);
  });

  it("reads some of the names", async () => {
    expect(Object.keys(await readNpz(fixture(name), { names: ["y"] }))).toEqual(["y"]);
    await expect(readNpz(fixture(name), { names: ["Y"] })).rejects.toThrow('Did you mean "y"?');
    await expect(readNpz(fixture(name), { names: ["targets"] })).rejects.toThrow("It has x, y, ");
  });
});

it.each([
  ["ours.npz", false],
  ["ours-compressed.npz", true],
])("writes %s, which NumPy read, again", async (name, compress) => {
  expect(Buffer.compare(await writeNpz(arrays, { compress }), fixture(name))).toBe(0);
});

it("gives back what was written, under any name", async () => {
  const name = "__proto__";
  const odd: Record<string, TensorLike> = Object.fromEntries([[name, Matrix.from([[1, 2]])]]);
  odd["a/b é"] = { shape: [1], data: Int16Array.of(-3) };
  odd["constructor.npy"] = { dtype: "BOOL", shape: [1], data: Uint8Array.of(1) };
  for (const compress of [false, true]) {
    const read = await readNpz(await writeNpz(odd, { compress }));
    expect(Object.keys(read).sort()).toEqual(Object.keys(odd).sort());
    expect(Object.getPrototypeOf(read)).toBe(null);
    expect(read[name].data).toEqual(Float32Array.of(1, 2));
  }
  expect(await readNpz(await writeNpz({}))).toEqual({});
});

it("refuses what is no record of arrays", async () => {
  await expect(writeNpz(Matrix.zeros(1, 1) as never)).rejects.toThrow(
    "writeNpz expects arrays by name, but got a [1 × 1]",
  );
  await expect(writeNpz({ x: 3 } as never)).rejects.toThrow('writeNpz, "x", expects a Matrix');
  await expect(writeNpz({ "": Matrix.zeros(1, 1) })).rejects.toThrow("names of 1 to 10000 characters");
  for (const name of ["a\0b", "\ud800"]) {
    await expect(writeNpz({ [name]: Matrix.zeros(1, 1) })).rejects.toThrow("names of whole characters");
  }
  await expect(writeNpz({}, { compressed: true } as never)).rejects.toThrow('Did you mean "compress"?');
});

describe("a hostile archive", () => {
  const npy = writeNpy(Matrix.zeros(40, 40));
  const refusal = async (bytes: Uint8Array, options = {}): Promise<string> => {
    const error: unknown = await readNpz(bytes, options).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ChainruleError);
    return (error as Error).message;
  };
  /** The archive with 32 bits changed, in its first file's line of the directory. */
  const patched = (bytes: Uint8Array, offset: number, value: number): Uint8Array => {
    const copy = Uint8Array.from(bytes);
    const view = new DataView(copy.buffer);
    const line = view.getUint32(copy.length - 6, true);
    view.setUint32(line + offset, value, true);
    return copy;
  };
  const [stored, deflated] = [0, 6].map((level) => zipSync({ "a.npy": npy }, { level: level as 0 }));

  it("is no archive", async () => {
    expect(await refusal(new Uint8Array(100))).toContain("a ZIP archive, as np.savez writes");
    expect(await refusal(new Uint8Array())).toContain("a ZIP archive");
    expect(await refusal(stored.subarray(0, -30))).toContain("a ZIP archive");
    expect(await refusal([] as never)).toContain("a Uint8Array");
  });

  it("unpacks to more than it may", async () => {
    expect(await refusal(deflated, { maxBytes: 6000 })).toContain(
      "arrays of at most 6000 bytes, but got 6528",
    );
    expect(await refusal(stored, { maxBytes: 6000 })).toContain("Raise `maxBytes`");
    expect(await refusal(patched(deflated, 24, 2 ** 31))).toContain("of a size that its");
    expect(await refusal(patched(deflated, 24, 6527))).toContain("damaged");
    expect(await refusal(patched(deflated, 24, 6529))).toContain("damaged");
    expect(await refusal(patched(stored, 24, 6529))).toContain("of a size that its 6528 bytes can hold");
  });

  it("has another checksum", async () => {
    for (const bytes of [stored, deflated]) {
      expect(await refusal(patched(bytes, 16, 7))).toContain("bytes with the checksum of the archive");
    }
    const changed = Uint8Array.from(stored);
    changed[1000] ^= 1;
    expect(await refusal(changed)).toContain("checksum");
  });

  it("gives a name twice, or the same bytes under two names", async () => {
    const two = zipSync({ "a.npy": npy, "b.npy": npy }, { level: 0 });
    const line = new DataView(two.buffer).getUint32(two.length - 6, true);
    const second = line + 46 + 5;
    const same = Uint8Array.from(two);
    same[second + 46] = "a".charCodeAt(0);
    expect(await refusal(same)).toContain('each name once, but got "a.npy" twice');
    const shared = Uint8Array.from(two);
    new DataView(shared.buffer).setUint32(second + 42, 0, true);
    expect(await refusal(shared)).toContain("files that share no bytes");
  });

  it("is encrypted, packed in another way, or has other files", async () => {
    expect(await refusal(patched(stored, 8, 1))).toContain("in the clear");
    expect(await refusal(patched(stored, 10, 12))).toContain("stored or deflated, but got method 12");
    expect(await refusal(zipSync({ "a.npy": npy, "b.txt": npy }))).toContain('end in .npy, but got "b.txt"');
    expect(await refusal(zipSync({ "a.npy": new Uint8Array(5) }))).toContain(
      'readNpz, "a", expects a file of NumPy',
    );
    const mixed = zipSync({ "a.npy": npy, "b.txt": npy });
    expect(Object.keys(await readNpz(mixed, { names: ["a"] }))).toEqual(["a"]);
  });
});
