type Rgb = readonly [number, number, number];

const kept = document.createElement("canvas").getContext("2d");

/** Draws numbers of a grid over a whole square canvas, without steps between them. */
export function drawMap(
  context: CanvasRenderingContext2D,
  values: ArrayLike<number>,
  side: number,
  size: number,
  colourOf: (value: number) => Rgb,
): void {
  if (kept === null) return;
  const image = new ImageData(side, side);
  const { data } = image;
  for (let i = 0; i < side * side; i++) {
    const [r, g, b] = colourOf(values[i]);
    data[4 * i] = r;
    data[4 * i + 1] = g;
    data[4 * i + 2] = b;
    data[4 * i + 3] = 255;
  }
  [kept.canvas.width, kept.canvas.height] = [side, side];
  kept.putImageData(image, 0, 0);
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = "high";
  context.drawImage(kept.canvas, 0, 0, size, size);
}
