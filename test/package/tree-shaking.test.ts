import { describe, expect, inject, it } from "vitest";
import * as barrel from "../../src/layers/index.js";
import { bundle } from "./support/bundle.js";

const { consumer } = inject("installed");

const isLayer = (exported: unknown): exported is { readonly type: string; readonly name: string } =>
  typeof exported === "function" && typeof (exported as { type?: unknown }).type === "string";

const used = ["Dense", "ReLU"];
const types = Object.values(barrel)
  .filter(isLayer)
  .map(({ type }) => type)
  .filter(Boolean);
const unused = types.filter((type) => !used.includes(type));

/** The layers of which a bundle holds the class or its `static type`. */
const layersIn = (code: string): string[] =>
  types.filter((type) => new RegExp(`"${type}"|\\bclass _?${type}\\b`).test(code)).sort();

describe("a bundle holds no layer that nobody imported", () => {
  it("finds every layer where all are imported", async () => {
    const { code } = await bundle('import * as all from "chainrule"; globalThis.all = all;', consumer);
    expect(unused).not.toEqual([]);
    expect(layersIn(code)).toEqual([...types].sort());
  });

  it("finds Dense and ReLU alone where they are imported", async () => {
    const program =
      'import { Sequential, Dense, ReLU } from "chainrule"; globalThis.all = [Sequential, Dense, ReLU];';
    expect(layersIn((await bundle(program, consumer)).code)).toEqual(used);
  });

  it("finds none where only Matrix is imported", async () => {
    const { code } = await bundle('import { Matrix } from "chainrule"; globalThis.all = [Matrix];', consumer);
    expect(layersIn(code)).toEqual([]);
  });
});
