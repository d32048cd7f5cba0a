import { describe, fail } from "../errors.js";
import { type Bytes, expectBytes } from "./bytes.js";
import { numbersOf } from "./numbers.js";
import { parseJson } from "./strict-json.js";
import { kinds, type Tensor, type TensorType } from "./tensors.js";

/** What the format allows a header to have, in bytes. */
const LONGEST_HEADER = 100_000_000;
const FIRST = 8; // bytes, which say how long the header is
const WHO = "readSafetensors";

/** The tensors of a safetensors file by name, and what was written beside them. */
export interface Safetensors {
  readonly tensors: Readonly<Record<string, Tensor>>;
  readonly metadata: Readonly<Record<string, string>>;
}

/** Where a tensor's bytes stand behind the header. */
interface Place {
  readonly name: string;
  readonly dtype: TensorType;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

/**
 * Reads the safetensors format: the length of the header in 8 bytes, the header as JSON, the numbers, little end first.
 * The arrays are views of `file` where they can be, and copies where they do not stand at a multiple of their width.
 * @throws ChainruleError for anything that the format does not allow; nothing large is allocated before it is checked
 */
export function readSafetensors(file: Bytes): Safetensors {
  const bytes = expectBytes(WHO, "a Uint8Array", file);
  const start = FIRST + headerLength(bytes);
  const header = readHeader(bytes.subarray(FIRST, start));
  const { __metadata__: metadata = {}, ...entries } = header;
  expectTexts(metadata);
  const places = Object.entries(entries).map(([name, entry]) => placeOf(name, entry));
  expectWithoutGaps(places, bytes.length - start);
  const tensors: Record<string, Tensor> = Object.create(null);
  for (const { name, dtype, shape, begin, end } of places) {
    tensors[name] = { dtype, shape, data: numbersOf(dtype, bytes.subarray(start + begin, start + end)) };
  }
  return { tensors, metadata: Object.assign(Object.create(null), metadata) };
}

function headerLength(bytes: Uint8Array): number {
  if (bytes.length < FIRST) fail(WHO, `at least ${FIRST} bytes`, String(bytes.length));
  const view = new DataView(bytes.buffer, bytes.byteOffset, FIRST);
  const length = view.getUint32(4, true) * 2 ** 32 + view.getUint32(0, true);
  const most = Math.min(LONGEST_HEADER, bytes.length - FIRST);
  if (length > most) {
    fail(WHO, `a header of at most ${most} bytes`, String(length), "It is cut off, or no safetensors file.");
  }
  return length;
}

function readHeader(bytes: Uint8Array): Record<string, unknown> {
  let header: unknown;
  try {
    header = parseJson(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch (error) {
    return fail(WHO, "a header of JSON in UTF-8", (error as Error).message);
  }
  return isObject(header) && bytes[0] === 0x7b
    ? header
    : fail(WHO, "a header that is a JSON object", describe(header));
}

function placeOf(name: string, entry: unknown): Place {
  const who = `${WHO}, tensor ${JSON.stringify(name)},`;
  if (!isObject(entry)) return fail(who, "an object", describe(entry));
  const unknown = Object.keys(entry).find((key) => !["dtype", "shape", "data_offsets"].includes(key));
  if (unknown !== undefined) fail(who, "dtype, shape and data_offsets", JSON.stringify(unknown));
  const { dtype, shape, data_offsets: offsets } = entry;
  if (typeof dtype !== "string" || !Object.hasOwn(kinds, dtype)) {
    return fail(who, `a dtype of ${Object.keys(kinds).join(" ")}`, describe(dtype));
  }
  if (!isCounts(shape)) return fail(who, "a shape of whole numbers", describe(shape));
  if (!isCounts(offsets) || offsets.length !== 2) {
    return fail(who, "data_offsets [begin, end]", describe(offsets));
  }
  const [begin, end] = offsets;
  const size = shape.reduce((product, side) => product * side, kinds[dtype as TensorType].bytes);
  if (end - begin !== size) {
    fail(who, `${size} bytes for ${dtype} [${shape.join(" × ")}]`, `offsets ${begin} to ${end}`);
  }
  return { name, dtype: dtype as TensorType, shape, begin, end };
}

/** Every byte behind the header belongs to one tensor: nothing is hidden, and nothing read twice. */
function expectWithoutGaps(places: readonly Place[], length: number): void {
  let at = 0;
  for (const { name, begin, end } of [...places].sort((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin !== at) {
      fail(WHO, `tensor ${JSON.stringify(name)} to begin at ${at}, behind the one before`, String(begin));
    }
    at = end;
  }
  if (at !== length) fail(WHO, `${at} bytes behind the header`, String(length), "Is the file cut off?");
}

function expectTexts(metadata: unknown): asserts metadata is Record<string, string> {
  const fits = isObject(metadata) && Object.values(metadata).every((value) => typeof value === "string");
  if (!fits) fail(WHO, "`__metadata__` to be texts by name", describe(metadata));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0);
}
