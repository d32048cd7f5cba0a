import { useEffect, useRef, useState } from "preact/hooks";
import { onPalette, type Palette, palette } from "../../shell/theme.js";
import { type Colours, coloursOf, largest } from "../../think/draw/colours.js";
import type { Picture } from "../training/protocol.js";
import { useDrawing } from "./in-turn.js";

type WeightsPicture = Picture & { kind: "weights" };

/** The side of a picture, and of one with the gap to the next, in pixels of the digits. */
const SIDE = 28;
const PITCH = SIDE + 2;

const phone = matchMedia("(max-width: 34rem)");

export interface WeightsProps {
  readonly name: string;
  readonly picture: WeightsPicture;
  /** Whether the first layer is the last: a unit for each digit. */
  readonly isLast: boolean;
  readonly isNarrow: boolean;
}

/** What each unit of the first layer looks for: its weights, laid where their pixels are. */
export function Weights({ name, picture, isLast, isNarrow }: WeightsProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [colours, setColours] = useState<Colours>(() => coloursOf(palette()));
  useEffect(() => onPalette((now: Palette) => setColours(coloursOf(now))), []);
  const columns = Math.min(picture.units, isNarrow || phone.matches ? 8 : 16);
  useDrawing(() => {
    if (canvas.current !== null) draw(canvas.current, picture, columns, colours);
  }, [picture, columns, colours]);
  const whose = isLast ? "the ten outputs, from 0 to 9," : `${picture.units} units of the first layer`;
  return (
    <figure class="weights">
      <figcaption>
        What {whose} {name && `of run ${name} `}look for: ink where it is blue speaks for a unit, where it is
        orange against it.
      </figcaption>
      <canvas
        ref={canvas}
        style={{ maxWidth: `${columns * 3.75}rem` }}
        role="img"
        aria-label={`The weights of ${whose}`}
      />
    </figure>
  );
}

function draw(canvas: HTMLCanvasElement, picture: WeightsPicture, columns: number, colours: Colours): void {
  const { units, pixels, weights } = picture;
  const [width, height] = [columns * PITCH - 2, Math.ceil(units / columns) * PITCH - 2];
  if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
  const context = canvas.getContext("2d");
  if (context === null) return;
  const image = context.createImageData(width, height);
  // A unit that has not learned anything keeps the small numbers that it began with: it stays pale.
  const least = 0.5 * largest(weights);
  for (let unit = 0; unit < units; unit++) {
    const own = weights.subarray(unit * pixels, (unit + 1) * pixels);
    const most = Math.max(largest(own), least);
    const corner = Math.floor(unit / columns) * PITCH * width + (unit % columns) * PITCH;
    for (let pixel = 0; pixel < pixels; pixel++) {
      const at = 4 * (corner + Math.floor(pixel / SIDE) * width + (pixel % SIDE));
      const [r, g, b] = colours.signedRgb(own[pixel] / most);
      image.data[at] = r;
      image.data[at + 1] = g;
      image.data[at + 2] = b;
      image.data[at + 3] = 255;
    }
  }
  context.putImageData(image, 0, 0);
}
