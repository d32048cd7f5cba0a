import { fromOnnx, toOnnx } from "chainrule/onnx";
import { describe, expect, it } from "vitest";
import { bytesOf, cases, difference, inputsOf, trainAsThere } from "./support/pytorch.js";
import { runOnnx } from "./support/run.js";

/** Agreement is this or better, beside 1 or the number itself. */
const CLOSE = { float32: 1e-5, float64: 1e-12 };

describe("models that PyTorch wrote", () => {
  it("are all there", () => {
    expect(cases.length).toBeGreaterThan(100);
  });

  it.each(cases)("$name: the same outputs, the same training, and back", async (one) => {
    const model = await fromOnnx(bytesOf(one));
    const x = inputsOf(one);
    expect(model.context.dtype).toBe(one.dtype);
    expect(difference(model.predict(x).data, one.y)).toBeLessThan(CLOSE[one.dtype]);
    if (one.losses !== undefined && one.after !== undefined) {
      const losses = trainAsThere(model, x);
      expect(losses[9]).toBeLessThan(losses[0]);
      expect(difference(losses, one.losses)).toBeLessThan(1e-4);
      expect(difference(model.predict(x).data, one.after)).toBeLessThan(1e-4);
    }
    const sent = await toOnnx(model);
    expect(difference((await runOnnx(sent, x)).data, model.predict(x).data)).toBeLessThan(CLOSE.float32);
    const again = await fromOnnx(sent);
    expect(again.predict(x).data).toEqual(model.predict(x).data);
  });
});
