import { Matrix, type Weights } from "chainrule";
import { describe, expect, it } from "vitest";
import { bits, blobs, classifier } from "./support/models.js";

const data = blobs();

describe("getWeights", () => {
  it("gives copies by name", () => {
    const { model } = classifier();
    const weights = model.getWeights();
    expect(Object.keys(weights)).toEqual(["0.weight", "0.bias", "3.weight", "3.bias"]);
    expect("constructor" in weights).toBe(false);
    const before = bits(model);
    for (const weight of Object.values(weights)) weight.data.fill(7);
    expect(bits(model)).toEqual(before);
    model.trainBatch(data.x, data.y);
    expect(weights["3.bias"].toArray()).toEqual([[7, 7, 7]]);
  });
});

describe("setWeights", () => {
  it("takes what getWeights gave, in any order, into any model of the same shape", () => {
    const [from, to] = [classifier({ seed: 1 }).model, classifier({ seed: 2 }).model];
    const reversed = Object.fromEntries(Object.entries(from.getWeights()).reverse());
    to.setWeights(reversed);
    expect(bits(to)).toEqual(bits(from));
    expect(to.predict(data.x)).toEqual(from.predict(data.x));
  });

  it("copies: a later change of the given matrices changes nothing", () => {
    const { model } = classifier();
    const weights = model.getWeights();
    model.setWeights(weights);
    const before = bits(model);
    for (const weight of Object.values(weights)) weight.data.fill(7);
    expect(bits(model)).toEqual(before);
  });

  it("takes all or none, whichever is wrong", () => {
    const { model } = classifier();
    const before = bits(model);
    const other = classifier({ seed: 99 }).model.getWeights();
    for (const name of Object.keys(other)) {
      const faults: Weights[] = [
        { ...other, [name]: Matrix.zeros(1, 1) },
        { ...other, [name]: other[name].as("float64") },
        { ...other, [`${name}s`]: other[name] },
        Object.fromEntries(Object.entries(other).filter(([key]) => key !== name)),
      ];
      for (const fault of faults)
        expect(() => model.setWeights(fault)).toThrow(/^setWeights expects .*, but got/);
    }
    expect(bits(model)).toEqual(before);
  });

  it("leaves the optimizer's state: the next step goes on from the given weights", () => {
    const { model, optimizer } = classifier();
    model.trainBatch(data.x, data.y);
    const scalars = optimizer.scalars;
    model.setWeights(classifier({ seed: 99 }).model.getWeights());
    expect(optimizer.scalars).toEqual(scalars);
    expect(model.context.position.step).toBe(1);
  });
});
