import { Matrix } from "chainrule";
import { expect, it } from "vitest";
import { chart } from "../../examples/support/chart.js";
import { bars, confusionMatrix, picture, pictures, table } from "../../examples/support/draw.js";
import { plot } from "../../examples/support/plot.js";

it("draws pixels in five greys, without empty rows above and below", () => {
  expect(picture([0, 0, 0, 0.2, 0.5, 0.7, 1, 0, 0, 0, 0, 0], 3)).toBe("░░▒▒▓▓\n██");
});

it("draws pictures beside each other", () => {
  const [one, other] = [
    [1, 0, 0.1, 0.3],
    [0, 0.5, 1, 1],
  ];
  expect(pictures([one, other], 2)).toBe("██      ▒▒\n  ░░  ████");
});

it("plots series, the later over the earlier, with a tick each so many points", () => {
  const lines = plot({ "·": [0, 5, 10], o: [Number.NaN, 5] }, 3, 2).split("\n");
  expect(lines).toEqual(["10 │     ·", "   │   o", " 0 │ ·", "   └─┴───┴"]);
});

it("draws shares as bars, in eighths of a character", () => {
  expect(bars([1, 0.5, 0.0625], 2)).toBe("0 ██ 1.0000\n1 █  0.5000\n2 ▏  0.0625");
});

it("sets columns, the first to the left and the others to the right", () => {
  const cells = [
    ["a", "bb"],
    ["ccc", "d"],
  ];
  expect(table(cells)).toBe("a    bb\nccc   d");
});

it("counts what was taken for what", () => {
  const [actual, found] = [Matrix.from([[0], [1], [1]]), Matrix.from([[0], [0], [1]])];
  expect(confusionMatrix(actual, found, 2).split("\n").slice(1)).toEqual([
    "0               1  ·",
    "1               1  1",
  ]);
});

it("writes a chart whose lines stay inside, as well-formed SVG", () => {
  const points = [
    { x: 0, y: 3 },
    { x: 1, y: 9 },
    { x: 1000, y: 0 },
  ];
  const svg = chart("title", "y", 2.5, [{ x: "x", series: [{ name: "one", points }] }]);
  expect(svg).toContain('<path d="M0 0L460 320"');
  expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  const tags = [...svg.matchAll(/<(\/?)(\w+)[^>]*?(\/?)>/g)];
  const open: string[] = [];
  for (const [, closes, name, empty] of tags) {
    if (closes) expect(open.pop()).toBe(name);
    else if (!empty) open.push(name);
  }
  expect(open).toEqual([]);
});
