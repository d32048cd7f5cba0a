import { useEffect, useRef } from "preact/hooks";
import { type Colours, largest } from "../../think/draw/colours.js";
import { drawMap } from "../draw/map.js";

export interface MapProps {
  /** Numbers over the plane. */
  readonly values: ArrayLike<number> | undefined;
  readonly side: number;
  readonly colours: Colours;
}

/** What a unit makes of every place, small. */
export function UnitMap({ values, side, colours }: MapProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context || values === undefined) return;
    const most = largest(values);
    drawMap(context, values, side, context.canvas.width, (value) => colours.signedRgb((0.8 * value) / most));
  }, [values, side, colours]);
  return (
    <span class="small" aria-hidden="true">
      <canvas ref={canvas} width={56} height={56} />
    </span>
  );
}
