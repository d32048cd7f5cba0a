/** The bytes of a text of two hexadecimal digits each. It is twice as long as they are, and packs better than base64. */
export function decodeHex(text: string): Uint8Array {
  const digit = (at: number) => {
    const code = text.charCodeAt(at);
    return code < 58 ? code - 48 : code - 87; // of 0 to 9, and of a to f
  };
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = 16 * digit(2 * i) + digit(2 * i + 1);
  return bytes;
}
