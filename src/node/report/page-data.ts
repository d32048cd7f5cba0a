import type { Histogram } from "./histogram.js";

/** What the page has of each epoch that it shows, in a row: a script draws it, and a training that goes on reads it back. */
export interface PageData {
  readonly format: 1;
  readonly isRunning: boolean;
  /** Where each epoch stands on the axis: epochs count on from fit to fit. */
  readonly x: readonly number[];
  /** The number of the fit of each epoch, from 0. */
  readonly fit: readonly number[];
  readonly series: readonly Series[];
  /** The names of the parameters of the histograms, in their order. */
  readonly parameters: readonly string[];
  readonly histograms: readonly HistogramColumn[];
  /** Some rows of a regression: what was wanted, and what was predicted. */
  readonly pairs: readonly (readonly [wanted: number, predicted: number])[];
}

/** A number an epoch; null where there is none. */
export interface Series {
  readonly name: string;
  readonly values: readonly (number | null)[];
}

/** The histograms of all parameters after an epoch, or, with x = 0, before the first. */
export interface HistogramColumn {
  readonly x: number;
  readonly weights: readonly (Histogram | null)[];
  readonly gradients: readonly (Histogram | null)[];
}
