import { checkGradients, Dense, Dropout, Layer, Matrix, meanSquaredError, Sequential, Tanh } from "chainrule";
import { describe, expect, it } from "vitest";
import { bits, classifier } from "./support/models.js";

/** y = 3·x, whose backward may say something else. */
class Triple extends Layer<{ backward: (dy: Matrix) => unknown }> {
  static override readonly type = "Triple";
  forward(x: Matrix): Matrix {
    return x.mul(3);
  }
  backward(dy: Matrix): Matrix {
    return this.options.backward(dy) as Matrix;
  }
}

const check = (backward: (dy: Matrix) => unknown, options = {}) =>
  checkGradients(new Triple({ backward }), { input: [4], ...options });

describe("checkGradients", () => {
  it("reports the inputs and each parameter", () => {
    const model = new Sequential([new Dense({ units: 3 }), new Tanh(), new Dropout({ rate: 0.5 })], {
      input: [4],
    });
    const { relativeError, parts } = checkGradients(model);
    expect(Object.keys(parts)).toEqual(["x", "0.weight", "0.bias"]);
    expect(relativeError).toBe(Math.max(...Object.values(parts)));
    expect(relativeError).toBeLessThan(1e-8);
  });

  it("measures ‖a − n‖ / (‖a‖ + ‖n‖)", () => {
    const { relativeError } = check((dy) => dy.mul(3.3), { tolerance: 1 });
    expect(relativeError).toBeCloseTo(0.3 / 6.3, 8);
    expect(check((dy) => dy.mul(3)).relativeError).toBeLessThan(1e-9);
  });

  it("names the part and the number that is most wrong", () => {
    const wrong = (dy: Matrix) => dy.mul(3).map((v, r, c) => (r === 1 && c === 2 ? -v : v));
    expect(() => check(wrong)).toThrow(
      /^checkGradients of Triple\(\) expects a relative error of at most 0.000001, but got 0\.\d+ for x\. Worst in row 1, column 2: backward says \S+, central differences say \S+\.$/,
    );
  });

  it.each([
    ["nothing", () => undefined, "undefined"],
    ["fewer rows", (dy: Matrix) => dy.slice(1), "a [2 × 4] Matrix"],
    ["an array", () => [1, 2], "an array of 2"],
  ])("says so where backward returns %s", (_, backward, got) => {
    expect(() => check(backward)).toThrow(
      `checkGradients of Triple() expects backward to return ∂L/∂x, [3 × 4], but got ${got}.`,
    );
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])("lets no %d through", (value) => {
    expect(() => check((dy) => dy.map((v, r) => (r === 0 ? value : 3 * v)))).toThrow(
      /but got NaN for x|Infinity/,
    );
  });

  it("checks a built model at its own weights, and leaves it alone", () => {
    const { model } = classifier();
    const weights = model.getWeights();
    model.setWeights({
      ...weights,
      "0.weight": weights["0.weight"].mul(0),
      "0.bias": weights["0.bias"].add(1),
    });
    const [before, gradients] = [bits(model), model.gradients.copy()];
    const x = Matrix.from([[1, 2, 3, 4]], "float64");
    const y = Matrix.zeros(1, 3, "float64");
    checkGradients(model, { x, loss: meanSquaredError(), y });
    expect(bits(model)).toEqual(before);
    expect(model.gradients.copy()).toEqual(gradients);
    const { parts } = checkGradients(model, { x, training: false });
    expect(parts.x).toBe(0); // weights of 0 let nothing through to the inputs
  });
});
