import { describe, fail } from "../errors.js";
import { Matrix } from "../matrix.js";
import { tensorOf } from "./tensor-of.js";
import { kinds, type TensorLike } from "./tensors.js";

const WHO = "writeSafetensors";
/** Numbers begin at a multiple of this, so that arrays of any width can be views of the file. */
const ALIGNMENT = 64;

/**
 * Tensors and texts as a safetensors file, which PyTorch and others read. The widest numbers come first; between
 * tensors of one width the order stays. A Matrix is a tensor of two sides.
 * @throws ChainruleError for a shape that is not that of the numbers, a dtype that they have not, and texts that are none
 */
export function writeSafetensors(
  tensors: Readonly<Record<string, TensorLike>>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  expectNames("tensors by name", tensors);
  expectNames("`metadata` to be texts by name", metadata);
  const written = Object.entries(tensors).map(([name, like]) => {
    if (name === "__metadata__")
      fail(WHO, "names of tensors", `"__metadata__", which the format uses itself`);
    return { name, ...tensorOf(`${WHO}, tensor ${JSON.stringify(name)},`, like) };
  });
  written.sort((a, b) => kinds[b.dtype].bytes - kinds[a.dtype].bytes);
  const header: Record<string, unknown> = Object.create(null);
  if (Object.keys(metadata).length > 0) header.__metadata__ = texts(metadata);
  let end = 0;
  for (const { name, dtype, shape, data } of written) {
    const begin = end;
    end += data.byteLength;
    header[name] = { dtype, shape, data_offsets: [begin, end] };
  }
  return join(
    JSON.stringify(header),
    written.map(({ data }) => data),
    end,
  );
}

function expectNames(expected: string, value: unknown): void {
  const fits =
    typeof value === "object" && value !== null && !Array.isArray(value) && !Matrix.isMatrix(value);
  if (!fits) fail(WHO, expected, describe(value));
}

/** The length of the header, the header filled up with spaces, the numbers. */
function join(header: string, parts: readonly ArrayBufferView[], length: number): Uint8Array {
  const text = new TextEncoder().encode(header);
  const start = Math.ceil((8 + text.length) / ALIGNMENT) * ALIGNMENT;
  const bytes = new Uint8Array(start + length);
  new DataView(bytes.buffer).setUint32(0, start - 8, true);
  bytes.fill(0x20, 8 + text.length, start);
  bytes.set(text, 8);
  let at = start;
  for (const { buffer, byteOffset, byteLength } of parts) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at += byteLength;
  }
  return bytes;
}

function texts(metadata: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  for (const [name, value] of Object.entries(metadata)) {
    if (typeof value !== "string") fail(WHO, `\`metadata.${name}\` to be a text`, describe(value));
  }
  return metadata;
}
