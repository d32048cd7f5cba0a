import type { Floats } from "chainrule";

type Rgb = readonly [number, number, number];

/** Draws 28 × 28 numbers as squares of `side` pixels in all. */
export function drawPicture(
  context: CanvasRenderingContext2D,
  numbers: Floats,
  at: { readonly x: number; readonly y: number; readonly side: number },
  colourOf: (value: number, pixel: number) => Rgb,
): void {
  const image = new ImageData(28, 28);
  for (let i = 0; i < 784; i++) image.data.set([...colourOf(numbers[i], i), 255], 4 * i);
  const small = smallCanvas();
  small.putImageData(image, 0, 0);
  context.imageSmoothingEnabled = false;
  context.drawImage(small.canvas, at.x, at.y, at.side, at.side);
}

let kept: CanvasRenderingContext2D | undefined;

function smallCanvas(): CanvasRenderingContext2D {
  if (kept === undefined) {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [28, 28];
    kept = canvas.getContext("2d") as CanvasRenderingContext2D;
  }
  return kept;
}

/** Draws 28 × 28 shades of one ink over a whole canvas, without steps between pixels. */
export function drawPlain(
  context: CanvasRenderingContext2D,
  numbers: Float32Array,
  side: number,
  ink: string,
): void {
  const small = smallCanvas();
  small.clearRect(0, 0, 28, 28);
  small.fillStyle = ink;
  for (let i = 0; i < 784; i++) {
    if (numbers[i] === 0) continue;
    small.globalAlpha = numbers[i];
    small.fillRect(i % 28, Math.floor(i / 28), 1, 1);
  }
  small.globalAlpha = 1;
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = "high";
  context.drawImage(small.canvas, 0, 0, side, side);
}
