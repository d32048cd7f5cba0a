import { Matrix, Random } from "chainrule";
import type { Block, Kernels, Storage } from "../../src/kernels/kernels.js";
import { ArrayStorage, zeros } from "../../src/kernels/storage.js";

const FRAME = 3;
const SENTINEL = 12345;

/** As many numbers as the largest operand has, [67 × 67]; drawn once for each seed, since drawing takes longest. */
const LARGEST = 67 * 67;
const drawn = new Map<string, readonly number[]>();

function draw(kind: string, seed: number, length: number, number: (i: number, random: Random) => number) {
  const name = `${kind} ${seed}`;
  let numbers = drawn.get(name);
  if (numbers === undefined) {
    const random = Random.fromSeed(seed).child(kind);
    numbers = Array.from({ length: LARGEST }, (_, i) => number(i, random));
    drawn.set(name, numbers);
  }
  return numbers.slice(0, length);
}

const rough = (i: number, random: Random) =>
  (2 * random.uniform(2 * i) - 1) * 2 ** (8 * random.uniform(2 * i + 1) - 4);

/** Numbers that make any other order or rounding of a sum visible: all signs, sizes from 1/16 to 16, full mantissas. */
export function roughNumbers(length: number, seed: number): number[] {
  return draw("rough", seed, length, rough);
}

const EXTREMES = [Number.NaN, Infinity, -Infinity, -0, 0, 1e-45, -1e-40, 3e38, -3e38, 1, -1];

/** The same, with one in four a NaN, an infinity, a zero of either sign, a subnormal or a giant. */
export function wildNumbers(length: number, seed: number): number[] {
  return draw("wild", seed, length, (i, random) => {
    const choice = Math.floor(4 * EXTREMES.length * random.uniform(i, 1));
    return EXTREMES[choice] ?? rough(i, random);
  });
}

/** Where operands are: kernels that want all in their own memory leave the others to the portable loops. */
export type Places = "kernels" | "both";
export const PLACES: readonly Places[] = ["kernels", "both"];

/** 20,000 numbers: a fifth of all exponents of float32, subnormals too, the others close together within ±20. */
export function manyNumbers(): number[] {
  return Array.from({ length: 20_000 }, (_, i) => {
    const part = (i * 0.6180339887498949) % 1;
    const exponent = (Math.floor(i / 5) % 277) - 149;
    return i % 5 === 0 ? (i % 2 === 0 ? 1 : -1) * (1 + part) * 2 ** exponent : 40 * part - 20;
  });
}

/**
 * Makes operands for kernels, in the kernels' own memory or in turn there and in ordinary arrays, at odd places, framed by
 * sentinels. `expectFrames` says whether a kernel wrote beside what it was given.
 */
export class Workbench {
  private count = 0;
  private readonly frames: (readonly Storage[])[] = [];

  constructor(
    readonly kernels: Kernels,
    private readonly places: Places = "both",
  ) {}

  matrix(rows: number, cols: number, numbers: ArrayLike<number>): Matrix {
    const { kernels } = this;
    const length = rows * cols;
    const resident = this.places === "kernels" || this.count++ % 2 === 0;
    const storage = resident
      ? kernels.allocate(length + 2 * FRAME)
      : new ArrayStorage(zeros(length + 2 * FRAME, kernels.dtype));
    storage.data.fill(SENTINEL);
    storage.data.set(numbers, FRAME);
    this.frames.push([storage.part(0, FRAME), storage.part(FRAME + length, FRAME)]);
    return new Matrix(rows, cols, storage.part(FRAME, length));
  }

  /** A matrix of the same numbers, elsewhere. */
  copy({ rows, cols, data }: Block): Matrix {
    // A view does not outlive an allocation.
    return this.matrix(rows, cols, data.slice());
  }

  /** @throws if a number beside an operand was written */
  expectFrames(): void {
    const whole = ({ data }: Storage) => data.every((x) => x === SENTINEL);
    const broken = this.frames.findIndex((frame) => !frame.every(whole));
    if (broken >= 0) throw new Error(`a number beside operand ${broken} was written`);
  }
}
