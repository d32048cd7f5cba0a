import type { Example } from "../data/pipeline/collate.js";
import { from } from "../data/pipeline/from.js";
import type { Pipeline } from "../data/pipeline.js";
import { fail } from "../errors.js";
import { checkOptions, optional, positive } from "../options.js";
import { formatShape } from "../shape.js";
import { readHeader } from "./idx.js";
import { readChunks } from "./read-chunks.js";

export interface IdxExamplesOptions {
  /** What the numbers of x are divided by. Default: 255, so that they are from 0 to 1. */
  divisor?: number;
}

const WHO = "idxExamples";
/** The longest header, of 255 dimensions, in bytes. */
const LONGEST = 4 + 4 * 255;
/** The most numbers of an image. */
const LARGEST = 2 ** 27;

/**
 * Images and labels of two IDX files (plain or gzip; the format of MNIST) as examples, read as they are wanted, in bounded
 * memory. @throws ChainruleError while it is read, for files that are damaged or do not belong together
 */
export function idxExamples(
  images: string,
  labels: string,
  options: IdxExamplesOptions = {},
): Pipeline<Example> {
  checkOptions(WHO, options, { divisor: optional(positive) });
  return from(() => examples(images, labels, options.divisor ?? 255));
}

async function* examples(images: string, labels: string, divisor: number): AsyncGenerator<Example> {
  const files: Rows[] = [];
  try {
    for (const path of [images, labels]) files.push(await openRows(path));
    const [inputs, targets] = files;
    if (inputs.count !== targets.count) {
      fail(
        WHO,
        `a label for each of ${inputs.count} images`,
        `${targets.count} in ${JSON.stringify(labels)}`,
      );
    }
    for (let r = 0; r < inputs.count; r++) {
      const x = Float32Array.from(await inputs.next(), (byte) => byte / divisor);
      yield { x, y: Float32Array.from(await targets.next()) };
    }
    for (const { end } of files) await end();
  } finally {
    for (const { close } of files) await close();
  }
}

interface Rows {
  readonly count: number;
  next(): Promise<Uint8Array>;
  /** @throws ChainruleError if more rows follow */
  end(): Promise<void>;
  close(): Promise<unknown>;
}

/** The rows of a file, as its header says. */
async function openRows(path: string): Promise<Rows> {
  const chunks = readChunks(WHO, path);
  let rest: Uint8Array = new Uint8Array(0);
  /** Reads until there are so many bytes, or no more. */
  const fill = async (bytes: number): Promise<void> => {
    const parts = [rest];
    let length = rest.length;
    while (length < bytes) {
      const { value, done } = await chunks.next();
      if (done) break;
      parts.push(value);
      length += value.length;
    }
    if (parts.length > 1) rest = Buffer.concat(parts);
  };
  const close = () => chunks.return(undefined);
  await fill(LONGEST);
  const { count, width, start, end } = await header(path, rest).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  rest = rest.subarray(start);
  const expected = `${end} bytes in ${JSON.stringify(path)}, as its header says`;
  return {
    count,
    async next(): Promise<Uint8Array> {
      await fill(width);
      if (rest.length < width) fail(WHO, expected, "fewer", "It is cut off or damaged: get it again.");
      const row = rest.subarray(0, width);
      rest = rest.subarray(width);
      return row;
    },
    async end(): Promise<void> {
      await fill(1);
      if (rest.length > 0) fail(WHO, expected, "more", "It is damaged: get it again.");
    },
    close,
  };
}

/** @throws ChainruleError unless rows have at least one number, and no more than fit in memory */
async function header(path: string, bytes: Uint8Array) {
  const { shape, start, end } = readHeader(WHO, path, bytes);
  const [count] = shape;
  const width = count === 0 ? 1 : Number((end - BigInt(start)) / BigInt(count));
  if (width < 1 || width > LARGEST) {
    fail(WHO, `rows of 1 to ${LARGEST} numbers in ${JSON.stringify(path)}`, formatShape(shape));
  }
  return { count, width, start, end };
}
