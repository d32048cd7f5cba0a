import type { Random } from "../../random.js";
import { masks } from "../generated/texts/masks.js";
import type { Block } from "../kernels.js";
import { expectSame } from "../sizes.js";
import { catalogueModule, ELSEWHERE, placeBeside } from "./module.js";

/** Which random numbers: row r of a matrix has those of example + r in a step. */
export interface Place {
  readonly step: number;
  readonly example: number;
}

/** What src/kernels/assembly/catalogue/masks-module.ts exports. Of each word the lower 32 bits count. */
interface MaskExports {
  mask(
    x: number,
    scale: number,
    y: number,
    rows: number,
    cols: number,
    key0: number,
    key1: number,
    step: number,
    example: number,
    exampleHigh: number,
    limit: number,
    kept: number,
    isShifted: boolean,
    below: number,
    above: number,
  ): void;
}

const masksFor = /* @__PURE__ */ catalogueModule<MaskExports>("masks", masks);

/** How many different words there are. */
const WORDS = 2 ** 32;

/** Adding −0 changes nothing, +0 the sign of −0. */
const NOTHING = -0;

/**
 * y = x ∘ a + b: a = 0 and b = `below` where a random share is below `rate`, else a = `kept` and b = `above`. Leaves a in
 * `scale`. Without `shifts` y = x ∘ a.
 */
export function mask(
  x: Block,
  scale: Block,
  y: Block,
  random: Random,
  place: Place,
  rate: number,
  kept: number,
  shifts?: readonly [below: number, above: number],
): void {
  expectSame("mask", x, scale, y);
  const below = shifts === undefined ? NOTHING : shifts[0];
  const above = shifts === undefined ? NOTHING : shifts[1];
  if (isDone(x, scale, y, random, place, Math.ceil(rate * WORDS), kept, shifts !== undefined, below, above))
    return;
  const { rows, cols } = x;
  const [from, a, to] = [x.data, scale.data, y.data];
  const shares = new Float64Array(cols);
  for (let r = 0; r < rows; r++) {
    random.shares(shares, place.step, place.example + r);
    for (let c = 0, i = r * cols; c < cols; c++, i++) {
      const isBelow = shares[c] < rate;
      a[i] = isBelow ? 0 : kept;
      to[i] = from[i] * a[i] + (isBelow ? below : above);
    }
  }
}

/** Whether the kernel did it: it does where all numbers are in one memory, and the limit is a word. */
function isDone(
  x: Block,
  scale: Block,
  y: Block,
  random: Random,
  { step, example }: Place,
  limit: number,
  kept: number,
  isShifted: boolean,
  below: number,
  above: number,
): boolean {
  const kernels = limit < WORDS ? masksFor(x) : undefined;
  // One by one, since a list of places would be garbage of every step.
  const from = placeBeside(x, x);
  const a = placeBeside(x, scale);
  const to = placeBeside(x, y);
  if (kernels === undefined || a === ELSEWHERE || to === ELSEWHERE) return false;
  const { rows, cols } = x;
  const [key0, key1] = random.key;
  const high = Math.floor(example / WORDS);
  kernels.mask(
    from,
    a,
    to,
    rows,
    cols,
    key0,
    key1,
    step,
    example,
    high,
    limit,
    kept,
    isShifted,
    below,
    above,
  );
  return true;
}
