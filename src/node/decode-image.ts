import { without } from "../io/optional-package.js";
import { checkedPng } from "./checked-png.js";

/** An image as numbers from 0 to 1, row after row, with its channels beside each other. */
export interface Image {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** The largest value of a sample, which stands for 1. */
  readonly most: number;
  readonly data: ArrayLike<number>;
}

/** How many megabytes an image may take when it is decoded. */
const LARGEST = 512;

/** Whether a file's name is that of an image. */
export const isImage = (name: string): boolean => /\.(png|jpe?g)$/i.test(name);

/** An image of a PNG or a JPEG file, by the packages fast-png and jpeg-js. It throws what they throw. */
export async function decodeImage(who: string, name: string, bytes: Uint8Array): Promise<Image> {
  if (!/\.png$/i.test(name)) {
    const { decode } = await import("jpeg-js").catch(without(who, "jpeg-js"));
    const { height, width, data } = decode(bytes, {
      ...{ useTArray: true, formatAsRGBA: false, maxMemoryUsageInMB: LARGEST },
    });
    return { height, width, channels: 3, most: 255, data };
  }
  const { convertIndexedToRgb, decode } = await import("fast-png").catch(without(who, "fast-png"));
  const png = decode(checkedPng(bytes, LARGEST * 2 ** 20), { checkCrc: true });
  const { height, width, depth } = png;
  if (png.palette !== undefined) {
    const data = convertIndexedToRgb(png);
    return { height, width, channels: data.length / (height * width), most: 255, data };
  }
  if (depth !== 8 && depth !== 16)
    throw new Error(`a PNG of ${depth} bits a sample, where 8 and 16 can be read`);
  return { height, width, channels: png.channels, most: depth === 8 ? 255 : 65535, data: png.data };
}

/** One channel of brightness, or three of red, green and blue; how opaque a pixel is does not count. ITU-R BT.601. */
export function toChannels({ height, width, channels, most, data }: Image, wanted: 1 | 3): Float32Array {
  const pixels = height * width;
  const isColor = channels >= 3;
  const result = new Float32Array(pixels * wanted);
  for (let p = 0; p < pixels; p++) {
    const at = p * channels;
    const [r, g, b] = isColor ? [data[at], data[at + 1], data[at + 2]] : [data[at], data[at], data[at]];
    if (wanted === 3) result.set([r / most, g / most, b / most], 3 * p);
    else result[p] = (isColor ? 0.299 * r + 0.587 * g + 0.114 * b : r) / most;
  }
  return result;
}
