import { Context, type LayerClass, Sequential } from "chainrule";
import { describe, expect, it } from "vitest";
import { exampleOf, make } from "../support/layer-laws.js";
import { layerClasses } from "../support/subjects.js";

/** Its own look at a shape comes first. */
const gates = new Set(["GLU", "SwiGLU"]);

describe.each(layerClasses.map((Class) => [Class.type, Class] as const))("%s", (type, Class: LayerClass) => {
  it("has no parameters before it is built, nor after it was unbuilt", () => {
    const layer = make(Class);
    expect(layer.parameters).toEqual([]);
    layer.build(exampleOf(Class).input, Context.root());
    layer.unbuild();
    expect(layer.parameters).toEqual([]);
  });

  it("refuses options that are none", () => {
    expect(() => new Class(null as never)).toThrow(`${type} expects an options object, but got null.`);
  });

  it
    .skipIf(gates.has(type))
    .each([[[]], [[0]], [[-2]], [[1.5]], [[Number.NaN]], ["784"], [null], [undefined]])(
    "refuses the shape %j, with nothing built",
    (shape) => {
      const layer = make(Class);
      expect(() => layer.build(shape as never, Context.root())).toThrow(/expects (a shape such as|rows of)/);
      expect(layer.isBuilt).toBe(false);
      new Sequential([layer], { input: exampleOf(Class).input });
    },
  );
});
