import type { Edge } from "../step/strongest.js";
import type { Colours } from "./colours.js";

type Place = readonly [number, number];

/** How a set of connections is drawn. */
export interface EdgeStyle {
  /** Whether what runs along them runs down the screen, and not across. */
  readonly down: boolean;
  /** How far it has come, from 0 to 1; with `back`, from their ends. */
  readonly reach: number;
  readonly back?: boolean;
  /** From 0 to 1. */
  readonly strength: number;
}

/** Draws connections as curves, blue for products above 0 and orange below, the strongest last and on top. */
export function drawEdges(
  context: CanvasRenderingContext2D,
  edges: readonly Edge[],
  ends: { from(unit: number): Place; to(unit: number): Place },
  colours: Colours,
  style: EdgeStyle,
): void {
  if (style.reach <= 0 || style.strength <= 0 || edges.length === 0) return;
  const most = Math.abs(edges[0].value) || 1;
  context.save();
  context.lineCap = "round";
  for (let i = edges.length - 1; i >= 0; i--) {
    const edge = edges[i];
    const share = Math.abs(edge.value) / most;
    context.globalAlpha = style.strength * (0.12 + 0.78 * share);
    context.strokeStyle = edge.value < 0 ? colours.minus : colours.plus;
    context.lineWidth = 0.5 + 2 * share;
    const [start, end] = [ends.from(edge.from), ends.to(edge.to)];
    const curve = style.back ? bend(end, start, style.down) : bend(start, end, style.down);
    const part = upTo(curve, style.reach);
    context.beginPath();
    context.moveTo(...part[0]);
    context.bezierCurveTo(...part[1], ...part[2], ...part[3]);
    context.stroke();
    if (style.reach < 1 && share > 0.25) drawSpark(context, part[3], 1 + 1.5 * share);
  }
  context.restore();
}

type Curve = readonly [Place, Place, Place, Place];

/** A curve that leaves and arrives in the direction of the flow. */
function bend(a: Place, b: Place, down: boolean): Curve {
  const [dx, dy] = down ? [0, (b[1] - a[1]) * 0.5] : [(b[0] - a[0]) * 0.5, 0];
  return [a, [a[0] + dx, a[1] + dy], [b[0] - dx, b[1] - dy], b];
}

/** Its first part, by de Casteljau's construction. */
function upTo([a, b, c, d]: Curve, t: number): Curve {
  if (t >= 1) return [a, b, c, d];
  const mix = (p: Place, q: Place): Place => [p[0] + (q[0] - p[0]) * t, p[1] + (q[1] - p[1]) * t];
  const [ab, bc, cd] = [mix(a, b), mix(b, c), mix(c, d)];
  const [abc, bcd] = [mix(ab, bc), mix(bc, cd)];
  return [a, ab, abc, mix(abc, bcd)];
}

function drawSpark(context: CanvasRenderingContext2D, [x, y]: Place, radius: number): void {
  context.fillStyle = context.strokeStyle;
  context.globalAlpha = Math.min(1, context.globalAlpha * 1.6);
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
}
