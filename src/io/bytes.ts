import { describe, fail } from "../errors.js";

/** Bytes, as files and `fetch` give them. */
export type Bytes = Uint8Array | ArrayBuffer;

/** A view of bytes, or `undefined` for what has none. Shared ones are copied: they could change while they are read. */
export function asBytes(value: unknown): Uint8Array | undefined {
  if (!ArrayBuffer.isView(value) && !isBuffer(value)) return undefined;
  if (value.byteLength === 0) return new Uint8Array(0); // its memory may have gone to a worker
  if (!ArrayBuffer.isView(value)) return asBytes(new Uint8Array(value));
  const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  return tagOf(value.buffer) === "[object ArrayBuffer]" ? bytes : bytes.slice();
}

/** The same. @throws ChainruleError that says how to come to bytes */
export function expectBytes(who: string, expected: string, value: unknown): Uint8Array {
  return asBytes(value) ?? fail(who, expected, describe(value), bytesAdvice(value) || "Read the file first.");
}

/** How to come to the bytes of what has them in the end, else nothing. */
export function bytesAdvice(value: unknown): string {
  const has = (name: string) => typeof (value as Record<string, unknown> | undefined)?.[name] === "function";
  if (value === null) return "";
  if (has("then")) return "Write `await` before it.";
  return has("arrayBuffer") ? "Take `await its.arrayBuffer()`." : "";
}

const tagOf = (value: unknown): string => Object.prototype.toString.call(value);

/** Of whatever realm. */
const isBuffer = (value: unknown): value is ArrayBuffer =>
  /^\[object (Shared)?ArrayBuffer\]$/.test(tagOf(value));
