import type { Parameter } from "../../parameter.js";
import { histogramOf } from "./histogram.js";
import type { HistogramColumn } from "./page-data.js";

/** Histograms in all columns together, at most: it bounds a file, however many epochs and parameters there are. */
const MOST = 3000;
/** Parameters that are shown, at most. */
export const MOST_PARAMETERS = 60;

/**
 * The histograms of a model's first parameters over the epochs. When there are too many, every other epoch goes, and from
 * then on only every second is kept, every fourth, and so on; the latest is always there.
 */
export class HistogramLog {
  parameters: readonly string[] = [];
  columns: HistogramColumn[] = [];
  private stride = 1;

  /** Begins, or goes on, with these parameters; those of another model are forgotten. */
  begin(parameters: readonly Parameter[]): void {
    const names = parameters.slice(0, MOST_PARAMETERS).map(({ name }) => name);
    if (JSON.stringify(names) === JSON.stringify(this.parameters)) return;
    this.parameters = names;
    this.columns = [];
    this.stride = 1;
  }

  /** Goes on with columns that were kept before. */
  restore(columns: readonly HistogramColumn[]): void {
    this.columns = [...columns];
    const [first, second] = columns;
    this.stride = second === undefined ? 1 : Math.max(1, second.x - first.x);
  }

  /** `stepped`: whether there are gradients, of the last step. */
  add(x: number, parameters: readonly Parameter[], stepped: boolean): void {
    const shown = parameters.slice(0, MOST_PARAMETERS);
    const weights = shown.map(({ value }) => histogramOf(value.data));
    const gradients = shown.map(({ trainable, grad }) =>
      trainable && stepped ? histogramOf(grad.data) : null,
    );
    const last = this.columns.at(-1);
    if (last !== undefined && last.x % this.stride !== 0) this.columns.pop();
    this.columns.push({ x, weights, gradients });
    const most = Math.max(8, Math.floor(MOST / Math.max(1, 2 * shown.length)));
    if (this.columns.length <= Math.min(most, 120)) return;
    this.stride *= 2;
    this.columns = this.columns.filter((column) => column.x % this.stride === 0 || column.x === x);
  }
}
