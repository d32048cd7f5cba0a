import { circle, drawing, type Point, path } from "./drawing.js";
import { bestLine, contour, descent } from "./line-to-find.js";

const size = 400;
const least = bestLine();

/** Weights and biases around the best of them. */
const place = ([w, b]: Point): Point => [
  0.56 * size + (w - least[0]) * 78,
  0.57 * size - (b - least[1]) * 78,
];

/** Stochastic gradient descent on its way down, in colours for a light and for a dark page. */
export async function home(): Promise<string> {
  const way = await descent(1, 0.04, 4);
  const contours = [0.02, 0.08, 0.2, 0.4, 0.7, 1.1, 1.6, 2.2, 2.9, 3.7, 4.6, 5.6, 6.8];
  return drawing(
    size,
    size,
    "Stochastic gradient descent on the slope of a loss",
    [
      // Fades out towards its edge.
      '<radialGradient id="fade"><stop offset=".7" stop-color="#fff"/><stop offset="1" stop-color="#000"/></radialGradient>',
      `<mask id="edge"><circle cx="200" cy="200" r="200" fill="url(#fade)"/></mask><g mask="url(#edge)">`,
      ...contours.map((level, i) => path(contour(level).map(place), `hsl(203 55% ${46 + 2 * i}%)`, 1.5)),
      "</g>",
      path(way.map(place), "#e06a10", 2.5),
      circle(place(way[0]), 6, "#e06a10"),
      circle(place(least), 6, "#009e73"),
    ],
    "none",
  );
}
