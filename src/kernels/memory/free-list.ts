/** Everything begins at a multiple of this many bytes: a cache line. */
const LINE = 64;

/** Which bytes of a memory are taken: first fit, and neighbours that are free become one. */
export class FreeList {
  /** Free stretches between taken ones, by address. */
  private readonly gaps: { address: number; bytes: number }[] = [];
  private readonly taken = new Map<number, number>();
  /** From here on all is free. */
  private end: number;

  /** @param start the first byte that may be taken */
  constructor(start: number) {
    this.end = Math.ceil(start / LINE) * LINE;
  }

  /** How many bytes the memory must have. */
  get extent(): number {
    return this.end;
  }

  /** How many bytes are taken. */
  get used(): number {
    let sum = 0;
    for (const bytes of this.taken.values()) sum += bytes;
    return sum;
  }

  /** The address of bytes that are nobody else's. */
  take(length: number): number {
    const bytes = Math.max(LINE, Math.ceil(length / LINE) * LINE);
    const i = this.gaps.findIndex((gap) => gap.bytes >= bytes);
    let address = this.end;
    if (i < 0) {
      this.end += bytes;
    } else {
      const gap = this.gaps[i];
      address = gap.address;
      gap.address += bytes;
      gap.bytes -= bytes;
      if (gap.bytes === 0) this.gaps.splice(i, 1);
    }
    this.taken.set(address, bytes);
    return address;
  }

  /** Gives back what `take` gave. */
  give(address: number): void {
    const bytes = this.taken.get(address);
    if (bytes === undefined) return;
    this.taken.delete(address);
    let i = this.gaps.findIndex((gap) => gap.address > address);
    if (i < 0) i = this.gaps.length;
    this.gaps.splice(i, 0, { address, bytes });
    this.join(i);
    this.join(i - 1);
    const last = this.gaps[this.gaps.length - 1];
    if (last !== undefined && last.address + last.bytes === this.end) {
      this.end = last.address;
      this.gaps.pop();
    }
  }

  /** Makes gap i and the next one stretch if they touch. */
  private join(i: number): void {
    const [gap, next] = [this.gaps[i], this.gaps[i + 1]];
    if (gap === undefined || next === undefined || gap.address + gap.bytes !== next.address) return;
    gap.bytes += next.bytes;
    this.gaps.splice(i + 1, 1);
  }
}
