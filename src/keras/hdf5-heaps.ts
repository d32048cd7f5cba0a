import { fail } from "../errors.js";

const HEADER = 16; // of a heap, and of each object in it
const SIGNATURE = [0x47, 0x43, 0x4f, 0x4c]; // GCOL

/**
 * Looks through the heaps of texts in an HDF5 file: the library that reads them goes round for ever in one whose objects
 * do not end where the next begins.
 * @throws ChainruleError for such a heap
 */
export function expectSoundHeaps(who: string, bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 0; at + HEADER <= bytes.length; at += 8) {
    if (SIGNATURE.every((byte, i) => bytes[at + i] === byte)) expectSoundHeap(who, view, at);
  }
}

/** Signature and version, size of the whole; then objects: index, count, four bytes of nothing, size, contents. */
function expectSoundHeap(who: string, view: DataView, start: number): void {
  const end = start + sizeAt(view, start + 8);
  if (end > view.byteLength) refuse(who);
  for (let at = start + HEADER; at + HEADER <= end; ) {
    const [index, size] = [view.getUint16(at, true), sizeAt(view, at + 8)];
    const isFree = index === 0; // whose size is counted with its header
    if (isFree && size < HEADER) refuse(who);
    at += isFree ? size : HEADER + 8 * Math.ceil(size / 8);
    if (at > end) refuse(who);
  }
}

const sizeAt = (view: DataView, at: number): number => Number(view.getBigUint64(at, true));

function refuse(who: string): never {
  return fail(who, "a whole HDF5 file", "a heap of texts that does not end");
}
