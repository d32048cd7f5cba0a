import type { Step } from "../step/step.js";
import type { Edge } from "../step/strongest.js";
import { progressAt } from "../step/timeline.js";
import type { Touching } from "../step/touching.js";
import type { Place } from "../step/unit.js";
import { type Colours, largest } from "./colours.js";
import { drawEdges } from "./edges.js";
import { type Layout, pixelAt } from "./layout.js";
import { drawOutputs } from "./outputs.js";
import { drawPicture } from "./picture.js";
import { drawTitles } from "./titles.js";
import { drawMark, drawUnits } from "./units.js";

/** What a picture of the network is made from. */
export interface Scene {
  readonly step: Step;
  readonly layout: Layout;
  readonly colours: Colours;
  readonly playhead: number;
  /** The unit that is looked at, and its connections, which stand out. */
  readonly focus: { readonly place: Place; readonly touching: readonly Touching[] } | undefined;
}

/** Draws the whole network, as the playhead has it. */
export function drawScene(context: CanvasRenderingContext2D, scene: Scene): void {
  const { step, layout, colours, playhead, focus } = scene;
  const progress = progressAt(playhead, step.stages.length);
  context.clearRect(0, 0, layout.width, layout.height);
  drawInput(context, scene, progress.byPixel);
  for (const k of step.stages.keys()) {
    const all = { flow: step.flow[k], change: step.change[k], carry: step.carry[k] };
    const why = progress.probabilities * (1 - progress.loss) * (focus === undefined ? 1 : 0);
    drawConnections(context, scene, k, all, (focus === undefined ? 1 : 0.15) * (1 - 0.8 * why));
    drawConnections(context, scene, k, { flow: step.path[k], change: [], carry: [] }, why);
    const own = focus?.touching.find(({ stage }) => stage === k);
    if (own !== undefined) drawConnections(context, scene, k, own, 1);
  }
  for (const [k, { a, dz }] of step.stages.entries()) {
    const ring = dz && { values: dz, strength: progress.gradient(k) };
    drawUnits(context, layout.stages[k], a, colours, { lit: progress.lit(k), ...(ring && { ring }) });
  }
  drawOutputs(context, layout, step, colours, progress.probabilities, progress.loss);
  drawTitles(context, layout, step, colours);
  if (focus !== undefined) drawMark(context, layout.stages[focus.place.stage], focus.place.unit, colours);
}

/** What runs along the connections into a stage at this moment. */
function drawConnections(
  context: CanvasRenderingContext2D,
  { step, layout, colours, playhead }: Scene,
  k: number,
  { flow, change, carry }: Omit<Touching, "stage">,
  strength: number,
): void {
  const progress = progressAt(playhead, step.stages.length);
  const ends = {
    from: (unit: number) => (k === 0 ? pixelAt(layout, unit) : unitAt(layout, k - 1, unit)),
    to: (unit: number) => unitAt(layout, k, unit),
  };
  const draw = (edges: readonly Edge[], reach: number, share: number, back = false) =>
    drawEdges(context, edges, ends, colours, { down: layout.down, reach, strength: strength * share, back });
  // What has passed stays in sight, but makes room for what happens now.
  const rest = 1 - 0.6 * Math.min(1, Math.max(0, playhead - k - 1));
  draw(flow, progress.flow(k), rest * (1 - progress.gradient(k)));
  draw(change, 1, progress.change(k) * (1 - progress.carry(k)));
  // Over the picture they would hide what they lead to.
  const seen = k === 0 ? 1 - 0.8 * progress.byPixel : 1 - 0.6 * progress.change(k - 1);
  draw(carry, progress.carry(k), seen, true);
}

function drawInput(
  context: CanvasRenderingContext2D,
  { step, layout, colours }: Scene,
  byPixel: number,
): void {
  const { pixels, byPixel: gradient } = step;
  const steepest = gradient === undefined ? 1 : largest(gradient);
  drawPicture(context, pixels, layout.image, (ink, i) => {
    const inked = colours.inked(ink * (1 - 0.75 * byPixel));
    const share = gradient === undefined ? 0 : (gradient[i] / steepest) * byPixel;
    if (Math.abs(share) < 0.01) return inked;
    const signed = colours.signedRgb(share);
    const weight = Math.abs(share) ** 0.7;
    return [0, 1, 2].map((c) => inked[c] + (signed[c] - inked[c]) * weight) as [number, number, number];
  });
  context.strokeStyle = colours.line;
  context.lineWidth = 1;
  const { x, y, side } = layout.image;
  context.strokeRect(x - 0.5, y - 0.5, side + 1, side + 1);
}

const unitAt = ({ stages }: Layout, stage: number, unit: number): [number, number] => [
  stages[stage].x[unit],
  stages[stage].y[unit],
];
