import { Dense, Flatten, Matrix, ReLU, Sequential, Softmax } from "chainrule";
import { describe, expect, it } from "vitest";
import { bits, blobs, classifier } from "./support/models.js";

const { x } = blobs(1100);

describe("predict", () => {
  it("gives a row the same bits alone as among others, wherever it stands", () => {
    const { model } = classifier();
    const y = model.predict(x);
    expect([y.rows, y.cols]).toEqual([1100, 3]);
    for (const r of [0, 1, 511, 512, 1023, 1024, 1099]) {
      expect(model.predict(x.row(r)).data).toEqual(y.row(r).data);
    }
    expect(model.predict(x.slice(500, 530)).data).toEqual(y.slice(500, 530).data);
  });

  it("gives fresh memory each time, and leaves the inputs alone", () => {
    const models = [classifier().model, new Sequential([new Flatten()]), new Sequential([new ReLU()])];
    for (const model of models) {
      const given = x.slice(0, 5);
      const first = model.predict(given);
      const kept = first.copy();
      const second = model.predict(x.slice(5, 10));
      expect(first.data).toEqual(kept.data);
      expect(first.data.buffer).not.toBe(second.data.buffer);
      expect(first.data.buffer).not.toBe(given.data.buffer);
      first.data.fill(9);
      second.data.fill(9);
      expect(given.data).toEqual(x.slice(0, 5).data);
      expect(model.predict(given).data).toEqual(kept.data);
    }
  });

  it("changes no parameter, and has no dropout", () => {
    const { model } = classifier();
    const before = bits(model);
    expect(model.predict(x)).toEqual(model.predict(x));
    expect(bits(model)).toEqual(before);
  });

  it("passes NaN and Infinity through, each in its row", () => {
    const model = new Sequential([new Dense({ units: 2 })], { input: [2] });
    const y = model.predict(
      Matrix.from([
        [Number.NaN, 1],
        [1, 1],
        [Number.POSITIVE_INFINITY, 1],
      ]),
    );
    expect(y.row(0).toArray()).toEqual([[Number.NaN, Number.NaN]]);
    for (const value of y.row(1).data) expect(Number.isFinite(value)).toBe(true);
    for (const value of y.row(2).data) expect(Math.abs(value)).toBe(Number.POSITIVE_INFINITY);
  });

  it("gives logits, or probabilities where the model ends in Softmax", () => {
    const logits = new Sequential([new Dense({ units: 3 })], { input: [4], seed: 1 });
    const shares = new Sequential([new Dense({ units: 3 }), new Softmax()], { input: [4], seed: 1 });
    expect(
      shares
        .predict(x)
        .sum("rows")
        .isClose(Matrix.full(1100, 1, 1)),
    ).toBe(true);
    expect(
      logits
        .predict(x)
        .sum("rows")
        .isClose(Matrix.full(1100, 1, 1)),
    ).toBe(false);
    expect(logits.predict(x).argmax("rows")).toEqual(shares.predict(x).argmax("rows"));
  });

  it("takes no rows for no rows", () => {
    const y = classifier().model.predict(Matrix.zeros(0, 4));
    expect([y.rows, y.cols]).toEqual([0, 3]);
  });

  it("works before compile, and on a part of a model", () => {
    const inner = new Sequential([new Dense({ units: 3 }), new ReLU()]);
    const model = new Sequential([inner], { input: [4] });
    expect(inner.predict(x)).toEqual(model.predict(x));
  });
});
