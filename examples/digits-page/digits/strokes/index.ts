import { parsePoints, type Stroke, smooth } from "./path.js";
import sets from "./strokes.json" with { type: "json" };

/** One way to write a digit. */
export interface StrokeSet {
  readonly digit: number;
  readonly way: string;
  readonly strokes: readonly Stroke[];
}

/** Thirty ways, three for each digit: they were written before any network was trained that they are to test. */
export const strokeSets: readonly StrokeSet[] = sets.map(({ digit, way, strokes }) => ({
  digit,
  way,
  strokes: strokes.map((text) => smooth(parsePoints(text))),
}));
