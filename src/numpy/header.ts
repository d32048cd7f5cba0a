import { fail } from "../errors.js";
import type { TensorType } from "../io/tensors.js";
import { readDescr } from "./descr.js";
import { type Literal, parsePython, Tuple } from "./python-literal.js";

/** How a file begins: the byte 0x93 and NUMPY. */
export const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59] as const;
/** What NumPy itself takes; headers of arrays of numbers have a hundred bytes or two. */
const LONGEST_HEADER = 10_000;
const MOST_SIDES = 64;

/** What a file says of its array, and where the numbers begin. */
export interface Header {
  readonly dtype: TensorType;
  readonly isBig: boolean;
  /** Whether the first side runs fastest, as in Fortran, and not the last. */
  readonly isFortran: boolean;
  readonly shape: readonly number[];
  readonly start: number;
}

/** @throws ChainruleError unless it is the header of an array of numbers, in version 1, 2 or 3 of the format */
export function readHeader(who: string, bytes: Uint8Array): Header {
  if (bytes.length < 12 || MAGIC.some((byte, i) => bytes[i] !== byte)) {
    fail(who, "a file of NumPy's .npy format", "another, or one that is cut off", "Save it with np.save.");
  }
  const [major, minor] = [bytes[6], bytes[7]];
  if (major < 1 || major > 3 || minor !== 0) {
    fail(who, "version 1.0, 2.0 or 3.0 of the format", `${major}.${minor}`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const first = major === 1 ? 10 : 12;
  const length = major === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  const most = Math.min(LONGEST_HEADER, bytes.length - first);
  if (length > most) fail(who, `a header of at most ${most} bytes`, String(length), "Is the file cut off?");
  const start = first + length;
  return {
    ...contentOf(who, new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes.subarray(first, start))),
    start,
  };
}

function contentOf(who: string, text: string): Omit<Header, "start"> {
  let dict: Literal;
  try {
    dict = parsePython(text);
  } catch (error) {
    return fail(who, "a header that is a Python dict", (error as Error).message);
  }
  const fields = dict instanceof Map ? dict : new Map<string, Literal>();
  const [descr, order, shape] = ["descr", "fortran_order", "shape"].map((name) => fields.get(name));
  if (fields.size !== 3 || descr === undefined || order === undefined || shape === undefined) {
    const got = [...fields.keys()].join(", ").slice(0, 80) || "no dict";
    return fail(who, "a header of descr, fortran_order and shape", got);
  }
  if (typeof order !== "boolean") return fail(who, "`fortran_order` to be True or False", "something else");
  const sides = shape instanceof Tuple ? shape.parts : undefined;
  if (sides === undefined || sides.length > MOST_SIDES || !sides.every(isSide)) {
    return fail(who, `\`shape\` to be a tuple of at most ${MOST_SIDES} whole numbers`, "something else");
  }
  return { ...readDescr(who, descr), isFortran: order, shape: sides };
}

const isSide = (part: Literal): part is number => Number.isSafeInteger(part);
