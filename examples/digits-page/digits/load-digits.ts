import type { Digits, Part } from "../contracts.js";
import { unpackDigits } from "./packed-digits.js";

/**
 * The handwritten digits that come with the page: the first test digit is a seven. `base` is the address of the page,
 * which a worker has to be told, since its own is another.
 * @throws an Error with a sentence for the reader where they cannot be had
 */
export async function loadDigits(part: Part, base: string = document.baseURI): Promise<Digits> {
  const address = new URL(`digits/${part}.bin`, base);
  const response = await fetch(address).catch(() => undefined);
  if (!response?.ok) throw new Error(`The handwritten digits could not be loaded from ${address.pathname}.`);
  return unpackDigits(await unzip(await response.arrayBuffer()));
}

/** Some servers and browsers have unpacked it already. */
async function unzip(buffer: ArrayBuffer): Promise<Uint8Array> {
  const bytes = new Uint8Array(buffer);
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const stream = new Blob([buffer]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
