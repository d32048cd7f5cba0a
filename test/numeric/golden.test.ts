import { describe, expect, it } from "vitest";
import { readGolden, ulps } from "../kernels/compare.js";
import { functions, pow } from "./functions.js";

type Rows = readonly (readonly number[])[];
const { meta: _, ...golden } = readGolden<Record<string, { points: Rows; special: Rows }>>("numeric");

function apply(name: string, row: readonly number[]): number {
  return name === "pow" ? pow(row[0], row[1]) : functions[name][0](row[0]);
}

describe.each(Object.keys(golden))("%s", (name) => {
  it("is within one unit in the last place of the true value", () => {
    const far = golden[name].points.filter(
      (row) => ulps(apply(name, row), row[row.length - 1], "float64") > 1,
    );
    expect(far).toEqual([]);
  });

  it("has the special values of ECMAScript, signs of zeros included", () => {
    const wrong = golden[name].special.filter((row) => !Object.is(apply(name, row), row[row.length - 1]));
    expect(wrong).toEqual([]);
  });
});
