import { fail } from "../errors.js";
import { type Entry, entryOf, LINE_LENGTH } from "./zip-entry.js";

/** How the directory's end and its lines begin. */
const [END, LINE] = [0x06054b50, 0x02014b50];
const END_LENGTH = 22;
const LONGEST_COMMENT = 65_535;

/**
 * The files of a ZIP archive by its directory. PKWARE, "APPNOTE.TXT", version 6.3.10.
 * @throws ChainruleError for an archive that is damaged, in parts, encrypted, of 4 GiB or more, for a name given twice, and
 * for files that share bytes
 */
export function zipEntries(who: string, bytes: Uint8Array): readonly Entry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const end = endOf(who, view);
  const count = view.getUint16(end + 10, true);
  const [length, begin] = [view.getUint32(end + 12, true), view.getUint32(end + 16, true)];
  const isWhole = view.getUint32(end + 4, true) === 0 && view.getUint16(end + 8, true) === count;
  if (!isWhole || begin + length > end) {
    fail(who, "an archive in one part, below 4 GiB", "another", "Is it damaged?");
  }
  const entries = new Map<string, Entry>();
  let at = begin;
  for (let i = 0; i < count; i++) {
    const isLine = at + LINE_LENGTH <= end && view.getUint32(at, true) === LINE;
    const lengths = isLine ? [28, 30, 32].map((offset) => view.getUint16(at + offset, true)) : [];
    const next = lengths.reduce((sum, one) => sum + one, at + LINE_LENGTH);
    if (!isLine || next > end) fail(who, "a directory of all its files", "a damaged archive");
    const entry = entryOf(who, bytes, at, begin);
    if (entries.has(entry.name)) fail(who, "each name once", `${JSON.stringify(entry.name)} twice`);
    entries.set(entry.name, entry);
    at = next;
  }
  if (at !== begin + length) fail(who, "a directory of nothing but its files", "a damaged archive");
  expectApart(who, [...entries.values()]);
  return [...entries.values()];
}

/** Where the end of the directory stands: the last thing, but for a comment. */
function endOf(who: string, view: DataView): number {
  const last = view.byteLength - END_LENGTH;
  for (let at = last; at >= Math.max(0, last - LONGEST_COMMENT); at--) {
    if (view.getUint32(at, true) !== END) continue;
    if (at + END_LENGTH + view.getUint16(at + 20, true) === view.byteLength) return at;
  }
  return fail(who, "a ZIP archive, as np.savez writes", "another file, or one that is cut off");
}

/** Files that share bytes unpack to more than an archive could hold. D. Fifield, "A better zip bomb", 2019. */
function expectApart(who: string, entries: readonly Entry[]): void {
  const inOrder = [...entries].sort((a, b) => a.from - b.from);
  for (const [i, { from }] of inOrder.entries()) {
    if (i > 0 && from < inOrder[i - 1].to) fail(who, "files that share no bytes", "two that do");
  }
}
