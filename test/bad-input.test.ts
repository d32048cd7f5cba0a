import { describe, expect, it } from "vitest";
import { check } from "./model/bad-input/case.js";
import { data } from "./model/bad-input/data.js";
import { layers } from "./model/bad-input/layers.js";
import { matrices } from "./model/bad-input/matrices.js";
import { models } from "./model/bad-input/models.js";
import { training } from "./model/bad-input/training.js";

const tables = { matrices, layers, models, training, data };

/** Bad input gets one clear sentence at the call that is wrong, and leaves the model as it was. */
describe.each(Object.entries(tables))("bad input: %s", (_, cases) => {
  it.each(cases)("$what", check);
});

it("names each case of the tables once", () => {
  const all = Object.values(tables).flat();
  expect(all.length).toBeGreaterThanOrEqual(80);
  for (const cases of Object.values(tables)) {
    expect(new Set(cases.map(({ what, lazy }) => `${what} ${lazy}`)).size).toBe(cases.length);
  }
});
