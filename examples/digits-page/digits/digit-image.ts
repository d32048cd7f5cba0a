import { drawStrokes } from "./draw-strokes.js";
import { boxOfInk, type Ink, resample } from "./resample.js";
import { boxOf, type Stroke } from "./strokes/path.js";

/** The pictures of MNIST have this many pixels a side, and a digit in them at most `DIGIT`. */
export const SIDE = 28;
const DIGIT = 20;

/** The thinnest and the thickest pen of nearly all of MNIST, in its pixels. */
const [THIN, THICK] = [2.2, 3.6];

/**
 * What was drawn as MNIST has its digits: in proportion, the longer side 20 pixels with its pen, anti-aliased, the centre
 * of mass in the middle of 28 × 28, from 0 (paper) to 1 (ink). `pen` is its width in the unit of the strokes, which may be
 * any. Where somebody drew very small or very large, the pen is made as thin or thick as pens of MNIST are.
 * Undefined where nothing was drawn.
 */
export function digitFromStrokes(strokes: readonly Stroke[], pen: number): Float32Array | undefined {
  const box = boxOf(strokes.flat());
  if (box === undefined) return undefined;
  const long = Math.max(box.right - box.left, box.bottom - box.top);
  const width = Math.min(Math.max((pen * DIGIT) / (long + pen), THIN), THICK);
  const scale = long === 0 ? 1 : (DIGIT - width) / long;
  const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  return centred((right, down) => {
    const place = (point: { readonly x: number; readonly y: number }) => ({
      x: SIDE / 2 + right + scale * (point.x - x),
      y: SIDE / 2 + down + scale * (point.y - y),
    });
    return drawStrokes(
      strokes.map((stroke) => stroke.map(place)),
      width,
      SIDE,
    );
  });
}

/** The same for a picture of any size. Its ink is as thick as it comes out. Undefined for empty paper. */
export function digitFromInk(ink: Ink): Float32Array | undefined {
  const box = boxOfInk(ink);
  if (box === undefined) return undefined;
  const scale = DIGIT / Math.max(box.right - box.left, box.bottom - box.top);
  const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  const digit = centred((right, down) => {
    const at = { left: x - (SIDE / 2 + right) / scale, top: y - (SIDE / 2 + down) / scale };
    return resample(ink, at, scale, SIDE);
  });
  const blackest = digit.reduce((most, value) => Math.max(most, value), 0);
  return blackest === 0 ? undefined : digit.map((value) => value / blackest);
}

/** The ink of an RGBA picture that is transparent where there is none. */
export function inkOf(image: {
  readonly width: number;
  readonly height: number;
  readonly data: ArrayLike<number>;
}): Ink {
  const { width, height, data } = image;
  return {
    width,
    height,
    data: Float32Array.from({ length: width * height }, (_, i) => data[4 * i + 3] / 255),
  };
}

/** Draws with the box of the ink in the middle, then again so that the centre of its mass is there. */
function centred(draw: (right: number, down: number) => Float32Array): Float32Array {
  const pixels = draw(0, 0);
  let [mass, x, y] = [0, 0, 0];
  pixels.forEach((ink, i) => {
    mass += ink;
    x += ink * ((i % SIDE) + 0.5);
    y += ink * (Math.floor(i / SIDE) + 0.5);
  });
  return mass === 0 ? pixels : draw(SIDE / 2 - x / mass, SIDE / 2 - y / mass);
}
