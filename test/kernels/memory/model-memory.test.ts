import { ChainruleError, Matrix } from "chainrule";
import { describe, expect, it } from "vitest";
import { Heap } from "../../../src/kernels/memory/heap.js";
import { HeapStorage } from "../../../src/kernels/memory/heap-storage.js";
import { ModelMemory } from "../../../src/kernels/memory/model-memory.js";
import { kernelsOn, modelKernels } from "../../../src/kernels/simd.js";
import { roughNumbers } from "../workbench.js";

const matrixOn = (memory: ModelMemory, rows: number, cols: number): Matrix => {
  const storage = new HeapStorage(memory, memory.take(4 * rows * cols), 0, rows * cols);
  return new Matrix(rows, cols, storage);
};

describe("a matrix in a model's memory", () => {
  it("keeps its numbers when the memory grows, and so does a part of it", () => {
    const kernels = modelKernels();
    const matrix = new Matrix(3, 5, kernels.allocate(15));
    const part = matrix.storage.part(5, 5);
    matrix.data.set(roughNumbers(15, 1));
    const before = matrix.data;
    const kept = [...before];
    kernels.allocate(1_000_000);
    expect(before.length, "the old view is gone").toBe(0);
    expect([...matrix.data]).toEqual(kept);
    expect([...part.data]).toEqual(kept.slice(5, 10));
    matrix.set(1, 0, 42);
    expect(part.data[0]).toBe(42);
  });

  it("is zero at first, though its bytes were somebody else's", () => {
    const memory = new ModelMemory();
    const first = matrixOn(memory, 40, 40);
    first.data.fill(Number.NaN);
    const { address } = first.storage;
    first.storage.release?.();
    const second = matrixOn(memory, 40, 40);
    expect(second.storage.address).toBe(address);
    expect(second.data.every((x) => Object.is(x, 0))).toBe(true);
  });

  it("moves to the memory of threads with all its numbers, and computes there", () => {
    const memory = new ModelMemory();
    const kernels = kernelsOn(memory);
    const [a, b, y] = [matrixOn(memory, 7, 9), matrixOn(memory, 9, 5), matrixOn(memory, 7, 5)];
    a.data.set(roughNumbers(63, 1));
    b.data.set(roughNumbers(45, 2));
    kernels.product(a, b, y);
    const kept = [a, b, y].map((m) => [...m.data]);
    expect(memory.isShared).toBe(false);
    memory.moveTo(new Heap(true));
    expect(memory.isShared).toBe(true);
    expect(a.data.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect([a, b, y].map((m) => [...m.data])).toEqual(kept);
    y.data.fill(0);
    kernels.product(a, b, y);
    expect([...y.data]).toEqual(kept[2]);
  });

  it("gives its bytes in a common memory back", () => {
    const heap = new Heap(true);
    const { used } = heap;
    const memory = new ModelMemory(heap);
    const storages = [1, 2, 3].map((rows) => matrixOn(memory, rows, 100).storage);
    expect(heap.used).toBeGreaterThan(used);
    for (const storage of storages) storage.release?.();
    expect(heap.used).toBe(used);
  });
});

describe("beyond 4 GiB", () => {
  it("there is a clear error, and what was there stays", () => {
    const kernels = modelKernels();
    const small = new Matrix(1, 3, kernels.allocate(3));
    small.data.set([1, 2, 3]);
    const says = /^A matrix expects fewer numbers than memory can hold, but got 1100000000\. .*4 GiB/;
    expect(() => kernels.allocate(1_100_000_000)).toThrow(ChainruleError);
    expect(() => kernels.allocate(1_100_000_000)).toThrow(says);
    expect([...small.data]).toEqual([1, 2, 3]);
    expect(new Matrix(1, 5, kernels.allocate(5)).sum()).toBe(0);
  });
});
