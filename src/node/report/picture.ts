/** A picture as bytes from 0 to 255, row after row. */
export interface Picture {
  readonly height: number;
  readonly width: number;
  /** 1: brightness; 3: red, green, blue. */
  readonly channels: number;
  readonly bytes: Uint8Array;
}

/** A side that is longer is made shorter by leaving rows or columns out: a page is no place for large pictures. */
const LONGEST = 96;

/** The picture of a row of [height, width, channels]. Numbers from 0 to 1 stay, others are stretched to that. */
export function pictureOf(row: ArrayLike<number>, shape: readonly number[]): Picture {
  const [fullHeight, fullWidth, channels = 1] = shape;
  const step = Math.max(1, Math.ceil(Math.max(fullHeight, fullWidth) / LONGEST));
  const [height, width] = [Math.ceil(fullHeight / step), Math.ceil(fullWidth / step)];
  const [low, high] = rangeOf(row);
  const bytes = new Uint8Array(height * width * channels);
  for (let i = 0; i < bytes.length; i++) {
    const channel = i % channels;
    const c = Math.floor(i / channels) % width;
    const r = Math.floor(i / channels / width);
    const x = row[(r * step * fullWidth + c * step) * channels + channel];
    bytes[i] = Math.round((255 * (x - low)) / (high - low));
  }
  return { height, width, channels, bytes };
}

function rangeOf(row: ArrayLike<number>): readonly [number, number] {
  let [low, high] = [0, 1];
  for (let i = 0; i < row.length; i++) {
    if (row[i] < low) low = row[i];
    if (row[i] > high) high = row[i];
  }
  return [low, high];
}
