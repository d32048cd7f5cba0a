import fc from "fast-check";
import { expect, it } from "vitest";
import { FreeList } from "../../../src/kernels/memory/free-list.js";

it("never gives bytes to two, starts at cache lines, and forgets nothing that was given back", () => {
  const actions = fc.array(fc.oneof(fc.nat(5000), fc.constant("give" as const)), { maxLength: 200 });
  const property = fc.property(actions, fc.infiniteStream(fc.nat()), (steps, choices) => {
    const list = new FreeList(100);
    const taken: { address: number; bytes: number }[] = [];
    for (const step of steps) {
      if (step === "give") {
        if (taken.length === 0) continue;
        const [{ address }] = taken.splice(choices.next().value % taken.length, 1);
        list.give(address);
        continue;
      }
      const address = list.take(step);
      expect(address % 64).toBe(0);
      expect(address).toBeGreaterThanOrEqual(100);
      expect(address + step).toBeLessThanOrEqual(list.extent);
      for (const other of taken) {
        expect(address + step <= other.address || other.address + other.bytes <= address).toBe(true);
      }
      taken.push({ address, bytes: step });
    }
    for (const { address } of taken) list.give(address);
    expect(list.used).toBe(0);
    expect(list.extent).toBe(128); // the first whole line
  });
  fc.assert(property, { seed: 3, numRuns: 200 });
});

it("takes the first stretch that is long enough", () => {
  const list = new FreeList(64);
  const [a, b, c] = [640, 64, 640].map((bytes) => list.take(bytes));
  list.give(a);
  list.give(c);
  expect(list.take(320)).toBe(a);
  expect(list.take(320)).toBe(a + 320);
  expect(list.take(1000)).toBeGreaterThan(b);
});

it("ignores what it never gave", () => {
  const list = new FreeList(64);
  list.give(12345);
  expect(list.extent).toBe(64);
});
