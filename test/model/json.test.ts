import {
  constant,
  Dense,
  Dropout,
  Flatten,
  glorotNormal,
  heNormal,
  heUniform,
  LeakyReLU,
  l1,
  l1l2,
  l2,
  lecunNormal,
  lecunUniform,
  modelFromJSON,
  named,
  normal,
  ones,
  ReLU,
  Reshape,
  Sequential,
  uniform,
  zeros,
} from "chainrule";
import { describe, expect, it } from "vitest";
import { bits, blobs, classifier } from "./support/models.js";

const { x } = blobs();
const through = (model: Sequential<string>) => modelFromJSON(JSON.parse(JSON.stringify(model)));

describe("toJSON and modelFromJSON", () => {
  it("write plain JSON", () => {
    const { model } = classifier({ seed: 42 });
    expect(JSON.parse(JSON.stringify(model))).toEqual({
      type: "Sequential",
      options: {
        input: [4],
        seed: 42,
        dtype: "float32",
        layers: [
          { type: "Dense", options: { units: 8 } },
          { type: "ReLU", options: {} },
          { type: "Dropout", options: { rate: 0.25 } },
          { type: "Dense", options: { units: 3 } },
        ],
      },
    });
  });

  it("make a model with the same first weights, by its seed", () => {
    const { model } = classifier({ seed: 42 });
    const copy = through(model);
    expect(bits(copy)).toEqual(bits(model));
    expect(copy.predict(x)).toEqual(model.predict(x));
    expect(copy.summary()).toBe(model.summary());
  });

  it("make a model that takes trained weights", () => {
    const { model } = classifier();
    model.trainBatch(x, blobs().y);
    const copy = through(model);
    expect(bits(copy)).not.toEqual(bits(model));
    copy.setWeights(model.getWeights());
    expect(copy.predict(x)).toEqual(model.predict(x));
  });

  it.each([
    zeros(),
    ones(),
    constant({ value: 0.5 }),
    uniform({ low: -1, high: 2 }),
    normal({ mean: 1 }),
    glorotNormal(),
    heUniform(),
    heNormal(),
    lecunUniform(),
    lecunNormal(),
  ])("keep the initializer $type", (weightInitializer) => {
    const dense = new Dense({ units: 3, weightInitializer, biasInitializer: constant({ value: 2 }) });
    const model = new Sequential([dense], { input: [4] });
    expect(bits(through(model))).toEqual(bits(model));
    expect(through(model).toJSON()).toEqual(model.toJSON());
  });

  it.each([l1(), l2({ lambda: 0.3 }), l1l2({ l1: 0.1 })])(
    "keep the regularizer $type",
    (weightRegularizer) => {
      const model = new Sequential([new Dense({ units: 3, weightRegularizer })], { input: [4] });
      const copy = through(model);
      const [of, ofCopy] = [model, copy].map(({ parameters: [{ regularizer, value }] }) =>
        regularizer?.(value),
      );
      expect(of).toBeGreaterThan(0);
      expect(ofCopy).toBe(of);
      expect(copy.toJSON()).toEqual(model.toJSON());
    },
  );

  it("keep nested models, shapes and options of layers", () => {
    const inner = new Sequential([new LeakyReLU({ negativeSlope: 0.3 }), new Dropout({ rate: 0.1 })]);
    const model = new Sequential([new Reshape({ shape: [2, 2] }), new Flatten(), inner, new ReLU()], {
      input: [4],
      dtype: "float64",
    });
    const wide = x.as("float64");
    const copy = through(model);
    expect(copy.toJSON()).toEqual(model.toJSON());
    expect(copy.predict(wide)).toEqual(model.predict(wide));
  });

  it("keep the input of a model that was built by its first batch, and build none that was not", () => {
    const { model } = classifier({ built: false });
    expect(through(model).isBuilt).toBe(false);
    model.predict(x);
    expect(bits(through(model))).toEqual(bits(model));
  });

  it("pollute no prototype", () => {
    const json = JSON.parse(
      '{"type":"Sequential","options":{"layers":[{"type":"Dense","options":{"units":1}}]},"__proto__":{"polluted":1}}',
    );
    modelFromJSON(json);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it("write initializers of one's own that have a name", () => {
    const mine = named("mine", { scale: 3 }, () => {});
    const model = new Sequential([new Dense({ units: 1, weightInitializer: mine })]);
    expect(model.toJSON().options.layers).toMatchObject([
      { options: { weightInitializer: { type: "mine", options: { scale: 3 } } } },
    ]);
  });
});
