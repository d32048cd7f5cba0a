/** The bytes that a character alone can stand for; the three characters above them say which page the next one is on. */
const PAGE = 80;

/**
 * The bytes that scripts/text-of-bytes.mjs wrote as a text: a character for a common one, two for a rare one. Packed, it is
 * shorter by a tenth than hexadecimal digits, where a byte is cut in two, and by a third than base64.
 */
export function bytesOfText(text: string): Uint8Array {
  const bytes: number[] = [];
  let page = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    // A blank stands for a backslash and ! for <, which programs around the text could misread.
    const place = (code === 32 ? 92 : code === 33 ? 60 : code) - 35;
    if (place < PAGE) bytes.push((page * PAGE + place - 3) & 255);
    page = place < PAGE ? 0 : place - PAGE + 1;
  }
  return Uint8Array.from(bytes);
}
