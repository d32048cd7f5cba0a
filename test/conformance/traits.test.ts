import { expect, it } from "vitest";
import { layerClasses } from "../support/subjects.js";

/** Every exemption from the conformance suite, with its reason. A new line here is a decision to look at. */
it("lists every exemption", () => {
  const exempt = layerClasses.filter(({ traits }) => Object.keys(traits ?? {}).length > 0);
  expect(Object.fromEntries(exempt.map(({ type, traits }) => [type, traits]))).toMatchInlineSnapshot(`
    {
      "BatchNorm": {
        "couplesRows": "its mean and variance are those of the batch",
      },
      "Embedding": {
        "notDifferentiable": "its inputs are indices",
      },
      "Lambda": {
        "notSerializable": "its functions are the user's own",
      },
    }
  `);
});
