/** A place in the unit square, y downwards. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where the pen went between touching the paper and leaving it. */
export type Stroke = readonly Point[];

/** "0.2,0.3 0.5,0.4 …", as SVG writes points. */
export function parsePoints(text: string): Point[] {
  return text.split(" ").map((pair) => {
    const [x, y] = pair.split(",").map(Number);
    return { x, y };
  });
}

/** A smooth curve through all points (Catmull–Rom), `steps` pieces between two; a point that stands twice is a corner. */
export function smooth(points: readonly Point[], steps = 6): Point[] {
  return splitAtCorners(points).flatMap((part, i) => {
    const curve = part.slice(1).flatMap((_, at) => between(part, at, steps));
    return i === 0 ? [part[0], ...curve] : curve;
  });
}

function splitAtCorners(points: readonly Point[]): Point[][] {
  const parts: Point[][] = [[]];
  points.forEach((point, i) => {
    const before = points[i - 1];
    if (before !== undefined && before.x === point.x && before.y === point.y) parts.push([point]);
    else parts.at(-1)!.push(point);
  });
  return parts;
}

/** The curve from point `at` to the next, without its start. */
function between(points: readonly Point[], at: number, steps: number): Point[] {
  const [b, c] = [points[at], points[at + 1]];
  const [a, d] = [points[at - 1] ?? b, points[at + 2] ?? c];
  const along = (p: number, q: number, r: number, s: number, t: number) =>
    q + (t / 2) * (r - p + t * (2 * p - 5 * q + 4 * r - s + t * (3 * (q - r) + s - p)));
  return Array.from({ length: steps }, (_, step) => {
    const t = (step + 1) / steps;
    return { x: along(a.x, b.x, c.x, d.x, t), y: along(a.y, b.y, c.y, d.y, t) };
  });
}

/** Edges around something, y downwards. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The smallest box around points, if there are any. */
export function boxOf(points: readonly Point[]): Box | undefined {
  if (points.length === 0) return undefined;
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
}
