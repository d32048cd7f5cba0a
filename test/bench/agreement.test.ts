import { describe, expect, test } from "vitest";
import { agreement, nameIn, referenceOf } from "../../bench/report/agreement.js";
import { contender, race } from "./contenders.js";

describe("agreement", () => {
  const ours = contender({ name: "ours", ours: true });
  const peer = contender({ name: "peer" });

  test("is with the first peer that does the same, before any of ours", () => {
    const other = contender({ name: "other", differs: "it uses tanh" });
    expect(referenceOf([ours, other, peer])).toBe(peer);
    expect(referenceOf([other, ours])).toBe(ours);
  });

  test("allows what rounding makes, and no more", () => {
    const near = contender({ name: "near", check: [2, 1 + 1e-6] });
    const far = contender({ name: "far", check: [2, 1.01] });
    expect(agreement(near, peer)).toEqual({ words: "same (5e-7)", failed: false });
    expect(agreement(far, peer)).toEqual({ words: "FAILED (5e-3)", failed: true });
  });

  test("fails for what is not a number, and for what is not there", () => {
    expect(agreement(contender({ name: "a", check: [2, Number.NaN] }), peer).failed).toBe(true);
    expect(agreement(contender({ name: "a", check: [2, 1, 0] }), peer).failed).toBe(true);
    const broken = contender({ name: "a", check: [Number.POSITIVE_INFINITY] });
    expect(agreement(broken, broken).failed).toBe(true);
  });

  test("is not asked of one whose algorithm differs, whose name says so", () => {
    const differs = contender({ name: "tanh", check: [2, 3], differs: "it uses tanh" });
    expect(agreement(differs, peer)).toEqual({ words: "differs (1e+0)", failed: false });
    expect(nameIn(race(peer, differs), differs)).toBe("tanh (differs)");
  });
});
