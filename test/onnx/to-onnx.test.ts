import { toOnnx } from "chainrule/onnx";
import { describe, expect, it } from "vitest";
import { examples, extremesFor, modelOf, rowsFor, variants } from "./support/cases.js";
import { difference, sessionOf } from "./support/run.js";

const BOUND = { float32: 1e-5, float64: 1e-12 };

describe.each([...examples, ...variants].map((one) => [one.name, one] as const))("%s", (_, one) => {
  it.each(["float32", "float64"] as const)(
    "gives in ONNX Runtime what the model gives, %s",
    async (dtype) => {
      const model = modelOf(one, dtype);
      const session = await sessionOf(await toOnnx(model));
      try {
        const batches = [rowsFor(one, 1, dtype), rowsFor(one, 33, dtype), extremesFor(one, dtype)];
        for (const x of batches) {
          const y = await session.run(x, one.input);
          expect(difference(y, model.predict(x))).toBeLessThanOrEqual(BOUND[dtype]);
        }
      } finally {
        await session.release();
      }
    },
  );
});

it("covers all layers of the catalogue", () => {
  expect(examples.length).toBeGreaterThan(40);
});
