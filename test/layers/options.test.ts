import { Dense, Layer, type Matrix, Parallel } from "chainrule";
import { expect, it } from "vitest";

const dense = () => new Dense({ units: 2 });

it("does not change with lists and objects that its options were made of", () => {
  const branch = [dense()];
  const branches = [branch];
  const layer = new Parallel({ branches });
  branch.push(dense());
  branches.push([]);
  expect(String(layer)).toBe("Parallel({ branches: [[Dense({ units: 2 })]] })");

  class Listed extends Layer<{ parts: { sizes: number[][] } }> {
    static override readonly type = "Listed";
    forward = (m: Matrix) => m;
    backward = (dy: Matrix) => dy;
  }
  const parts = { sizes: [[1, 2], [3]] };
  const listed = new Listed({ parts });
  parts.sizes[0][1] = 7;
  parts.sizes.pop();
  expect(listed.toJSON()).toEqual({ type: "Listed", options: { parts: { sizes: [[1, 2], [3]] } } });
  expect(() => (listed.options.parts.sizes[0] as number[]).push(4)).toThrow(TypeError);
});
