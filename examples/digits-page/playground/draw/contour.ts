/** A piece of a line, from one place to another, in cells of the grid. */
export type Segment = readonly [x1: number, y1: number, x2: number, y2: number];

/**
 * Where numbers on a grid of side × side go through a level, by marching squares (W. Lorensen and H. Cline, 1987, in two
 * dimensions): in each square of four neighbours, straight from side to side, where the numbers between them would be it.
 */
export function contour(values: ArrayLike<number>, side: number, level: number): readonly Segment[] {
  const segments: Segment[] = [];
  const over = (x: number, y: number) => values[y * side + x] - level;
  for (let y = 0; y + 1 < side; y++) {
    for (let x = 0; x + 1 < side; x++) {
      const corners = [over(x, y), over(x + 1, y), over(x + 1, y + 1), over(x, y + 1)] as const;
      const crossings = crossingsOf(corners);
      for (let i = 0; i + 1 < crossings.length; i += 2) {
        const [a, b] = [crossings[i], crossings[i + 1]];
        segments.push([x + a[0], y + a[1], x + b[0], y + b[1]]);
      }
    }
  }
  return segments;
}

const corner = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
] as const;

/** The places on the sides of a unit square where its corners' numbers change their sign: none, two or four. */
function crossingsOf(values: readonly number[]): readonly (readonly [number, number])[] {
  const crossings: (readonly [number, number])[] = [];
  for (let i = 0; i < 4; i++) {
    const j = (i + 1) % 4;
    if (values[i] > 0 === values[j] > 0) continue;
    const share = values[i] / (values[i] - values[j]);
    const [from, to] = [corner[i], corner[j]];
    crossings.push([from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])]);
  }
  return crossings;
}
