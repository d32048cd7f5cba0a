const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** The bytes of a text in base64 (RFC 4648). Not every place that has the language has `atob`. */
export function decodeBase64(text: string): Uint8Array {
  const values = new Uint8Array(128);
  for (let i = 0; i < ALPHABET.length; i++) values[ALPHABET.charCodeAt(i)] = i;
  const digits = text.replace(/=+$/, "").length;
  const bytes = new Uint8Array((digits * 3) >> 2);
  let word = 0;
  for (let i = 0, at = 0; i < digits; i++) {
    word = (word << 6) | values[text.charCodeAt(i)];
    // Each digit brings six bits; every eight of them make a byte.
    if ((i & 3) !== 0) bytes[at++] = word >> (6 - 2 * (i & 3));
  }
  return bytes;
}
