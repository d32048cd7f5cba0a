import type { Accumulator } from "../metrics.js";
import type { Trainer } from "./trainer.js";

/** The loss and the metrics of an epoch so far, each row by its weight. */
export class RunningMeans {
  sum = 0;
  weight = 0;
  private penalties = 0;

  constructor(
    private readonly trainer: Trainer,
    private readonly metrics: readonly Accumulator[],
  ) {}

  add(sum: number, weight: number): void {
    this.sum += sum;
    this.weight += weight;
  }

  /** What a step's reported loss has above the mean of its rows, weighted as they are. */
  addPenalty(reported: number, { sum, weight }: { sum: number; weight: number }): void {
    if (weight > 0) this.penalties += (reported - sum / weight) * weight;
  }

  logs(): Record<string, number> {
    return this.trainer.report((this.sum + this.penalties) / this.weight, this.metrics);
  }

  /** What was added up. */
  get sums(): readonly number[] {
    return [this.sum, this.weight, this.penalties];
  }

  set sums(sums: readonly number[]) {
    [this.sum, this.weight, this.penalties] = sums;
  }
}
