import type { TargetedPointerEvent } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Point, Stroke } from "../../digits/strokes/path.js";
import { onPalette } from "../../shell/theme.js";
import { drawPlain } from "../draw/picture.js";
import { traceStrokes } from "../draw/strokes.js";

const SIDE = 480;

export interface PadProps {
  readonly strokes: readonly Stroke[];
  /** The width of the pen, where the paper's side is 1. */
  readonly pen: number;
  /** A picture that lies there until somebody draws. */
  readonly picture: Float32Array | undefined;
  /** Called while a stroke grows, and once more when it is done. */
  drawn(strokes: readonly Stroke[], done: boolean): void;
}

/** Paper to draw on, with a mouse, a pen or a finger. */
export function Pad({ strokes, pen, picture, drawn }: PadProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  // Several events may come between two renders: what is drawn is known here first.
  const latest = useRef(strokes);
  latest.current = strokes;
  const isDown = useRef(false);

  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    return onPalette(({ ink }) => {
      context.clearRect(0, 0, SIDE, SIDE);
      if (strokes.length > 0) traceStrokes(context, strokes, { side: SIDE, pen, ink });
      else if (picture !== undefined) drawPlain(context, picture, SIDE, ink);
    });
  }, [strokes, pen, picture]);

  const tell = (next: readonly Stroke[], done: boolean) => {
    latest.current = next;
    drawn(next, done);
  };
  const down = (event: PaperEvent) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    isDown.current = true;
    tell([...latest.current, [placeOf(event, event.currentTarget)]], false);
  };
  const move = (event: PaperEvent) => {
    if (!isDown.current) return;
    // The places between two frames, where the browser has kept them.
    const kept = event.getCoalescedEvents?.() ?? [];
    const points = (kept.length > 0 ? kept : [event]).map((at) => placeOf(at, event.currentTarget));
    const [stroke = []] = latest.current.slice(-1);
    tell([...latest.current.slice(0, -1), [...stroke, ...points]], false);
  };
  const up = () => {
    if (isDown.current) tell(latest.current, true);
    isDown.current = false;
  };

  return (
    <canvas
      ref={canvas}
      class="pad"
      data-pen={pen}
      width={SIDE}
      height={SIDE}
      role="img"
      aria-label="Paper: draw a digit here with a mouse, a pen or a finger"
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={up}
      onPointerCancel={up}
    />
  );
}

type PaperEvent = TargetedPointerEvent<HTMLCanvasElement>;

function placeOf({ clientX, clientY }: MouseEvent, paper: Element): Point {
  const { left, top, width, height } = paper.getBoundingClientRect();
  return { x: (clientX - left) / width, y: (clientY - top) / height };
}
