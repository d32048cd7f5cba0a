/** Told apart by the colour-blind, too. */
export const colors = ["#0072b2", "#d55e00", "#009e73", "#8c5a9e"] as const;
export const grey = "#8a8a8a";

/** A drawing as a file of its own: dark on white, words of its own for those who do not see it. */
export function drawing(
  width: number,
  height: number,
  title: string,
  parts: readonly string[],
  paper = "#fff",
): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img"`,
    ` font-family="system-ui, Helvetica, Arial, sans-serif" font-size="15" fill="#222">`,
    `<title>${title}</title><rect width="100%" height="100%" fill="${paper}"/>`,
    ...parts,
    "</svg>\n",
  ].join("\n");
}

type Anchor = "start" | "middle" | "end";

export interface Look {
  readonly anchor?: Anchor;
  readonly color?: string;
  readonly size?: number;
  readonly bold?: boolean;
}

export function text(x: number, y: number, words: string, look: Look = {}): string {
  const { anchor = "start", color = "#222", size = 15, bold = false } = look;
  const weight = bold ? ' font-weight="600"' : "";
  return `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}" fill="${color}" font-size="${size}"${weight}>${words}</text>`;
}

export function line(from: Point, to: Point, color: string, width = 2): string {
  return `<path d="M${at(from)}L${at(to)}" stroke="${color}" stroke-width="${round(width)}"/>`;
}

/** A line with a head, which ends `gap` before its end. */
export function arrow(from: Point, to: Point, color: string, gap = 0, width = 2): string {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  const [dx, dy] = [(to[0] - from[0]) / length, (to[1] - from[1]) / length];
  const tip: Point = [to[0] - gap * dx, to[1] - gap * dy];
  const back: Point = [tip[0] - 9 * dx, tip[1] - 9 * dy];
  const side = (sign: number): Point => [back[0] - sign * 4.5 * dy, back[1] + sign * 4.5 * dx];
  return `${line(from, back, color, width)}<path d="M${at(tip)}L${at(side(1))}L${at(side(-1))}z" fill="${color}"/>`;
}

export function circle([x, y]: Point, radius: number, fill: string, stroke = "none"): string {
  return `<circle cx="${round(x)}" cy="${round(y)}" r="${radius}" fill="${fill}" stroke="${stroke}" stroke-width="2"/>`;
}

export function path(points: readonly Point[], color: string, width = 2.5): string {
  return `<path d="M${points.map(at).join("L")}" fill="none" stroke="${color}" stroke-width="${width}" stroke-linejoin="round"/>`;
}

export type Point = readonly [x: number, y: number];

const at = ([x, y]: Point) => `${round(x)} ${round(y)}`;
export const round = (pixels: number) => Math.round(10 * pixels) / 10;

/** A number with so many digits behind the point, and a minus sign that is one. */
export const written = (value: number, digits = 2) =>
  (Math.abs(value) < 0.5 * 10 ** -digits ? 0 : value).toFixed(digits).replace("-", "−");
