import { expect, it } from "vitest";
import { checksums } from "./checksums.js";

// Recorded once. An engine, an operating system or a processor on which one bit of one result differs fails here; so does
// a change of the algorithms, which changes the weights of every seeded model and belongs in the changelog.
it("has the same bits everywhere", () => {
  expect(checksums()).toEqual({});
});
