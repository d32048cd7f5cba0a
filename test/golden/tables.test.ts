import { rescale, standardize, Table } from "chainrule";
import { expect, it } from "vitest";
import { expectGolden, readGolden } from "../kernels/compare.js";

interface Case {
  name: string;
  x: number[];
  mean: number;
  deviation: number;
  standardized: number[];
  rescaled: number[];
}

const { meta, cases } = readGolden<{ meta: { range: [number, number] }; cases: Case[] }>("tables");

it.each(cases.map((c) => [c.name, c] as const))("scales numbers %s as exact fractions do", async (_, c) => {
  const rows = c.x.map((x) => ({ x, y: x }));
  const coders = { x: standardize(), y: rescale({ range: meta.range }) };
  const table = await new Table({ columns: coders }).fit(rows);
  const learned = table.options.columns.x.options as { mean: number; deviation: number };
  expectGolden("mean", [learned.mean], [c.mean], "float64");
  expectGolden("deviation", [learned.deviation], [c.deviation], "float64");
  // A mean is as exact as a double can be, which far from 0 is not very exact beside the deviation.
  const atol = 1e-14 + (4 * Number.EPSILON * Math.abs(c.mean)) / (c.deviation || 1);
  for (const dtype of ["float64", "float32"] as const) {
    const { data } = table.matrix(rows, dtype);
    const [standardized, rescaled] = [0, 1].map((side) => data.filter((_, i) => i % 2 === side));
    const rtol = dtype === "float64" ? 1e-12 : 6e-8;
    expectGolden("standardized", standardized, c.standardized, dtype, { rtol, atol });
    expectGolden("rescaled", rescaled, c.rescaled, dtype, { rtol, atol: dtype === "float64" ? 1e-15 : 1e-9 });
  }
});

it("gives the ends of the range exactly, and 0 for a column of one value", async () => {
  for (const { x } of cases) {
    const coders = { x: rescale({ range: meta.range }), same: standardize() };
    const table = await new Table({ columns: coders }).fit(x.map((x) => ({ x, same: 0.1 })));
    const ends = [Math.min(...x), Math.max(...x)].map((x) => ({ x, same: 0.1 }));
    const isOne = ends[0].x === ends[1].x;
    expect(table.matrix(ends).toArray()).toEqual([
      [meta.range[0], 0],
      [isOne ? meta.range[0] : meta.range[1], 0],
    ]);
  }
});
