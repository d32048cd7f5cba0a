import { readFileSync } from "node:fs";
import { toOnnx } from "chainrule/onnx";
import { expect, it } from "vitest";
import { loadMessages } from "../../src/onnx/messages.js";
import { layerClasses } from "../support/subjects.js";
import { examples, modelOf } from "./support/cases.js";

const text = readFileSync("docs/onnx.md", "utf8");
const rows = new Map(
  [...text.matchAll(/^\| `(\w+)` \| ([^|]+) \| ([^|]*)\|[^|]*\|[^|]*\|$/gm)].map(([, name, single, wide]) => [
    name,
    { float32: single.trim(), float64: wide.trim() || single.trim() },
  ]),
);

it("has a row for every layer", () => {
  expect([...rows.keys()].sort()).toEqual(layerClasses.map(({ type }) => type).sort());
});

it.each(
  examples
    .filter(({ name }) => !["Parallel", "Residual"].includes(name))
    .map((one) => [one.name, one] as const),
)("tells the operators of %s", async (name, one) => {
  const { decode } = await loadMessages("this test");
  for (const dtype of ["float32", "float64"] as const) {
    const { graph } = decode(await toOnnx(modelOf(one, dtype)));
    const operators = [...new Set(graph?.node.map(({ opType }) => opType))].join(" ");
    const told = rows.get(name)?.[dtype];
    expect(told === "none" ? "Identity" : told).toBe(operators);
  }
});
