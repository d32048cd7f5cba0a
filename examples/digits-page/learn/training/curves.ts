import type { Counts, Point } from "./protocol.js";

/** What curves are drawn over. */
export type Axis = keyof Counts;

type Measure = "loss" | "trainLoss" | "accuracy" | "trainAccuracy";
type Column = readonly (number | null)[];

/**
 * The places of all runs' points, in order, and for each run two columns of numbers: of the examples that are only
 * measured on, and of those learned from. Where a run has no point there is null.
 */
export function curvesOf(
  histories: readonly (readonly Point[])[],
  axis: Axis,
  [validation, train]: readonly [Measure, Measure],
  isLog: boolean,
): readonly [x: readonly number[], ...columns: Column[]] {
  // What is nothing has no place among powers of ten.
  const shown = histories.map((points) => (isLog ? points.filter((point) => point[axis] > 0) : points));
  const places = [...new Set(shown.flatMap((points) => points.map((point) => point[axis])))];
  places.sort((a, b) => a - b);
  const columns = shown.flatMap((points) => {
    const byPlace = new Map(points.map((point) => [point[axis], point]));
    const column = (measure: Measure) => places.map((place) => byPlace.get(place)?.[measure] ?? null);
    return [column(validation), column(train)];
  });
  return [places, ...columns];
}
