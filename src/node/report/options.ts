import type { Batch, Dataset } from "../../data/dataset.js";
import { anything, callable, integer, optional, type Rules, text } from "../../options.js";
import { pictureShape } from "../picture-shape.js";

export interface HtmlReportOptions {
  /** The heading of the page. Default: "Training report". */
  title?: string;
  /** Rows that the model is tried on, for the confusion matrix and the worst mistakes. Default: the validation data. */
  data?: Batch | Dataset;
  /** The shape of a row that is a picture, [height, width] or [height, width, 1 or 3]. Default: rows are numbers. */
  images?:
    | readonly [height: number, width: number]
    | readonly [height: number, width: number, channels: 1 | 3];
  /** The names of the classes, by their indices. Default: those of the model's table, or the indices. */
  labels?: readonly string[];
  /** After how many epochs the file is written, beside the end. Default: 1. */
  every?: number;
  /** Told of what could not be written; training then goes on. Default: training ends. */
  onError?: (error: unknown) => void;
}

export const rules: Rules = {
  title: optional(text),
  data: anything,
  images: optional(pictureShape),
  labels: optional({
    expected: "a list of names",
    accepts: (v) => Array.isArray(v) && v.every((one) => typeof one === "string"),
  }),
  every: optional(integer(1)),
  onError: optional(callable("a function")),
};
