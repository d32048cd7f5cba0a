import { describe, expect, it } from "vitest";
import {
  accumulationLaw,
  exampleOf,
  gradientLaw,
  jsonLaw,
  predictLaw,
  rowLaw,
  shapeLaw,
  widthLaw,
} from "../support/layer-laws.js";
import { layerClasses } from "../support/subjects.js";

it("finds layers through the barrel", () => {
  expect(layerClasses.map(({ type }) => type)).toEqual(
    expect.arrayContaining(["Dense", "ReLU", "Dropout", "Softmax"]),
  );
  expect(new Set(layerClasses.map(({ type }) => type)).size).toBe(layerClasses.length);
});

describe.each(layerClasses.map((Class) => [Class.type, Class] as const))("%s", (type, Class) => {
  const { notDifferentiable, couplesRows, notSerializable } = Class.traits ?? {};

  it("is called as its class is", () => expect((Class as unknown as { name: string }).name).toBe(type));
  it("has rules for its options", () => {
    expect(() => new Class({ ...exampleOf(Class).options, nonsense: 1 } as never)).toThrow(
      /but got "nonsense"/,
    );
  });
  it("keeps the shape that build promised", () => shapeLaw(Class));
  it("adds its gradients up", () => accumulationLaw(Class));
  it("predicts without changing anything", () => predictLaw(Class));
  it("is the same in both widths", () => widthLaw(Class));
  if (notSerializable === undefined) it("comes back from JSON", () => jsonLaw(Class));

  for (const training of [true, false]) {
    const mode = training ? "in training" : "in inference";
    if (notDifferentiable === undefined) {
      it(`has the right gradients ${mode}`, () => gradientLaw(Class, training));
    }
    for (const dtype of ["float32", "float64"] as const) {
      if (couplesRows !== undefined) continue;
      it(`treats rows one by one ${mode}, ${dtype}`, () => rowLaw(Class, training, dtype));
    }
  }
});
