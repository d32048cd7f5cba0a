import { setRates } from "../callbacks/optimizer.js";
import type { Batch } from "../data/dataset.js";
import { fail } from "../errors.js";
import type { Sequential } from "../model/sequential.js";
import { log } from "../numeric/logarithm.js";
import { pow } from "../numeric/power.js";
import { checkOptions, integer, optional, positive } from "../options.js";
import { Random } from "../random.js";
import { countedRows, expectFinite, expectReady } from "./expect-model.js";
import { tryOut } from "./try-out.js";

export interface LearningRateRangeOptions {
  /** The first rate. Default: 10⁻⁶. */
  low?: number;
  /** The last rate. Default: 1. */
  high?: number;
  /** How many steps, each with a rate that is larger by the same factor. Default: 100. */
  steps?: number;
  /** Default: 32. */
  batchSize?: number;
  /** The sweep ends where the loss is so many times its least; below 0, where it has risen by as much. Default: 4. */
  divergence?: number;
  /** Default: 0. */
  seed?: number;
}

export interface LearningRateRange {
  readonly rates: readonly number[];
  /** The loss of each step, smoothed: a running mean that forgets 5 % a step. */
  readonly losses: readonly number[];
  /** The rate where the loss fell most steeply over the logarithm of the rate; none if it never fell. */
  readonly steepest: number | undefined;
  /** A tenth of the rate of the least loss: a careful choice. */
  readonly suggestion: number;
  /** The sweep as lines of text, with a bar from 0 for each rate: to the left for losses below 0. */
  toString(): string;
}

const WHO = "learningRateRange";

/**
 * Which learning rates a model can be trained with: it is trained for some steps with rates that grow from `low` to
 * `high`, those of groups in their ratio to it, and the loss is looked at. The model, and its optimizer, are as before in the end.
 * L. Smith, "Cyclical learning rates for training neural networks", 2017, section 3.3.
 * @throws ChainruleError for a model that is not compiled, and data that does not fit
 */
export function learningRateRange(
  model: Sequential<string>,
  data: Batch,
  options: LearningRateRangeOptions = {},
): LearningRateRange {
  checkOptions(WHO, options, {
    low: optional(positive),
    high: optional(positive),
    steps: optional(integer(2)),
    batchSize: optional(integer(1)),
    divergence: optional(positive),
    seed: optional(integer(0)),
  });
  const { low = 1e-6, high = 1, steps = 100, batchSize = 32, divergence = 4, seed = 0 } = options;
  if (low >= high) fail(WHO, "`low` below `high`", `${low} and ${high}`);
  expectReady(WHO, model);
  const batch = countedRows(expectFinite(WHO, model, data));
  const next = batches(batch, batchSize, Random.fromSeed(seed).child(WHO));
  return tryOut(WHO, model, (optimizer) => {
    const [rates, losses]: [number[], number[]] = [[], []];
    let mean = 0;
    let least = Number.POSITIVE_INFINITY;
    for (let i = 0; i < steps; i++) {
      const rate = low * pow(high / low, i / (steps - 1));
      setRates(WHO, optimizer, rate);
      let loss: number;
      try {
        const { x, y, sampleWeight } = next();
        loss = model.trainBatch(x, y, sampleWeight);
      } catch (error) {
        if (i === 0) throw error; // it is not the rate
        break; // the loss is not finite any more
      }
      mean = 0.95 * mean + 0.05 * loss;
      const smooth = mean / (1 - pow(0.95, i + 1));
      rates.push(rate);
      losses.push(smooth);
      least = Math.min(least, smooth);
      const most = least > 0 ? least : Math.max(-least, losses[0] - least);
      if (smooth > Math.min(least, 0) + divergence * most && i > 0) break;
    }
    return reportOf(rates, losses);
  });
}

/** The next rows each time, in another order each time they have been gone through. */
function batches({ x, y, sampleWeight }: Batch, size: number, random: Random): () => Batch {
  let [at, pass, order] = [0, 0, random.permutation(x.rows, 0)];
  return () => {
    if (at >= x.rows) [at, pass, order] = [0, pass + 1, random.permutation(x.rows, pass + 1)];
    const rows = order.subarray(at, at + size);
    at += size;
    const part = { x: x.gather(rows), y: y.gather(rows) };
    return sampleWeight === undefined ? part : { ...part, sampleWeight: sampleWeight.gather(rows) };
  };
}

function reportOf(rates: readonly number[], losses: readonly number[]): LearningRateRange {
  const slopes = losses.slice(1).map((loss, i) => (loss - losses[i]) / log(rates[i + 1] / rates[i]));
  const early = Math.floor(slopes.length / 10); // there the running mean rests on few batches
  const fall = Math.min(...slopes.slice(early));
  const lowest = losses.indexOf(Math.min(...losses));
  return {
    ...{ rates, losses, suggestion: rates[lowest] / 10 },
    steepest: fall < 0 ? rates[slopes.indexOf(fall, early)] : undefined,
    toString: () => picture(rates, losses),
  };
}

const WIDTH = 40;

function picture(rates: readonly number[], losses: readonly number[]): string {
  const [low, high] = [Math.min(0, ...losses), Math.max(0, ...losses)];
  const length = (loss: number) => Math.round((WIDTH * Math.abs(loss)) / (high - low)) || 0; // of 0 / 0 too
  const bar = (loss: number) => "█".repeat(length(loss));
  const below = (loss: number) => `${(loss < 0 ? bar(loss) : "").padStart(length(low))}│`;
  const numbers = losses.map((loss) => loss.toPrecision(4));
  const widest = Math.max(9, ...numbers.map((text) => text.length));
  const lines = losses.map((loss, i) => {
    const bars = (low < 0 ? below(loss) : "") + (loss > 0 ? bar(loss) : "");
    return `${rates[i].toExponential(1)}  ${numbers[i].padStart(widest)}  ${bars}`;
  });
  const every = Math.max(1, Math.floor(lines.length / 25));
  return lines.filter((_, i) => i % every === 0 || i === lines.length - 1).join("\n");
}
