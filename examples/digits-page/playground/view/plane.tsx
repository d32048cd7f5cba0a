import { useRef } from "preact/hooks";
import { useDrawing } from "../../learn/view/in-turn.js";
import type { Colours } from "../../think/draw/colours.js";
import { drawPlane, type PlaneDrawing } from "../draw/plane.js";

export interface PlaneProps extends PlaneDrawing {
  readonly colours: Colours;
  readonly caption: string;
}

/** The plane, large. */
export function Plane({ colours, caption, ...drawing }: PlaneProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { values, points, withOthers } = drawing;
  useDrawing(() => {
    if (canvas.current !== null) drawPlane(canvas.current, drawing, colours);
  }, [values, points, withOthers, colours]);
  return (
    <figure class="plane">
      <canvas
        ref={canvas}
        width={640}
        height={640}
        role="img"
        aria-label="The plane, coloured by the answer to each place"
      />
      <figcaption class="soft">{caption}</figcaption>
    </figure>
  );
}
