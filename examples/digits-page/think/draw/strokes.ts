import type { Stroke } from "../../digits/strokes/path.js";

/** Draws strokes as a round pen does. */
export function traceStrokes(
  context: CanvasRenderingContext2D,
  strokes: readonly Stroke[],
  { side, pen, ink }: { readonly side: number; readonly pen: number; readonly ink: string },
): void {
  context.lineWidth = pen * side;
  context.lineCap = "round";
  context.lineJoin = "round";
  context.strokeStyle = ink;
  for (const stroke of strokes) {
    context.beginPath();
    context.moveTo(stroke[0].x * side, stroke[0].y * side);
    for (const { x, y } of stroke) context.lineTo(x * side, y * side);
    context.stroke();
  }
}
