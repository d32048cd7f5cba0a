/** What a rank is about to do with the others. */
export type CallKind = "end" | "allReduceSum" | "broadcast" | "barrier";

const kinds: readonly CallKind[] = ["end", "allReduceSum", "broadcast", "barrier"];

/** The kinds in words, in the order of their numbers. */
export const KINDS_IN_WORDS = [
  "the end of the program",
  "the all-reduce",
  "the broadcast",
  "the barrier",
] as const;

/** A call, as far as it has to be the same on every rank. */
export interface Call {
  readonly kind: CallKind;
  /** How many numbers, or bytes. */
  readonly length: number;
  /** Bytes of each. */
  readonly width: number;
  /** Whose data a broadcast takes; 0 elsewhere. */
  readonly root: number;
}

const NUMBERS = 4;
const MOST_LETTERS = 80;

/** The bytes of a call as it is sent: four numbers, which are compared, and where it stands in the training. */
export const CALL_BYTES = (NUMBERS + 1) * 8 + MOST_LETTERS;

/** A call in bytes that can be sent, and read by another thread. */
export class CallPage {
  readonly bytes: Uint8Array;
  private readonly numbers: Float64Array;
  private readonly letters: Uint8Array;

  /** On memory that is there, at a multiple of 8, or on new memory. */
  constructor(memory: ArrayBufferLike = new ArrayBuffer(CALL_BYTES), address = 0) {
    this.bytes = new Uint8Array(memory, address, CALL_BYTES);
    this.numbers = new Float64Array(memory, address, NUMBERS + 1);
    this.letters = new Uint8Array(memory, address + (NUMBERS + 1) * 8, MOST_LETTERS);
  }

  /** Writes a call. */
  write({ kind, length, width, root }: Call): void {
    const { numbers } = this;
    numbers[0] = kinds.indexOf(kind);
    numbers[1] = length;
    numbers[2] = width;
    numbers[3] = root;
  }

  /** Writes where in the training it is, such as `step 12`, for whoever tells of it. */
  place(what: string): void {
    const length = Math.min(what.length, MOST_LETTERS);
    for (let i = 0; i < length; i++) {
      const letter = what.charCodeAt(i);
      this.letters[i] = letter < 128 ? letter : 63;
    }
    this.numbers[NUMBERS] = length;
  }

  /** Whether another rank makes the same call. Where it stands is not compared: a rank may say it in other words. */
  sameAs({ numbers }: CallPage): boolean {
    for (let i = 0; i < NUMBERS; i++) if (this.numbers[i] !== numbers[i]) return false;
    return true;
  }

  /** The call in words: `the all-reduce of step 12`. */
  get words(): string {
    const place = String.fromCharCode(...this.letters.subarray(0, this.numbers[NUMBERS]));
    return `${this.thing}${place === "" ? "" : ` of ${place}`}`;
  }

  /** The same with its sizes: `the all-reduce of step 12 (100 × 4 bytes)`. */
  get details(): string {
    const [kind, length, width, root] = this.numbers;
    if (kind !== 1 && kind !== 2) return kind === 0 ? this.thing : this.words;
    return `${this.words} (${length} × ${width} bytes${kind === 2 ? ` from rank ${root}` : ""})`;
  }

  private get thing(): string {
    return KINDS_IN_WORDS[this.numbers[0]] ?? "something else";
  }
}
