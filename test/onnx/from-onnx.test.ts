import { fromOnnx } from "chainrule/onnx";
import { describe, expect, it } from "vitest";
import { bytesOf, cases, difference, inputsOf, trainAsThere } from "./pytorch.js";

describe("models that PyTorch wrote", () => {
  it("are all there", () => {
    expect(cases.length).toBeGreaterThan(100);
  });

  it.each(cases)("$name", async (one) => {
    const model = await fromOnnx(bytesOf(one));
    const x = inputsOf(one);
    expect(model.context.dtype).toBe(one.dtype);
    expect(difference(model.predict(x).data, one.y)).toBeLessThan(one.dtype === "float64" ? 1e-12 : 1e-5);
    if (one.losses === undefined || one.after === undefined) return;
    const losses = trainAsThere(model, x);
    expect(losses[9]).toBeLessThan(losses[0]);
    expect(difference(losses, one.losses)).toBeLessThan(1e-4);
    expect(difference(model.predict(x).data, one.after)).toBeLessThan(1e-4);
  });
});
