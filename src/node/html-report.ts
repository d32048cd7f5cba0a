import { describe, fail } from "../errors.js";
import type { Callback } from "../model/callbacks.js";
import { checkOptions } from "../options.js";
import { write } from "./model-files.js";
import { ReportBook } from "./report/book.js";
import { type HtmlReportOptions, rules } from "./report/options.js";
import { pageOf } from "./report/page.js";
import type { State } from "./report/report.js";

const WHO = "htmlReport";

/**
 * Writes a training as one HTML file, whole or not at all, when it begins, after each epoch and at the end: curves, confusion matrix and
 * worst mistakes on data that it was not trained on, histograms of weights and gradients, time, settings and versions. It
 * needs no network and no server. Another training with the same callback goes on behind the first; one that is resumed
 * behind the epochs that the file has. It changes no bit of the training. Charts: uPlot, MIT.
 * @throws ChainruleError for wrong options; in `fit` for data that does not fit the model, or a file that cannot be written
 */
export function htmlReport(path: string, options: HtmlReportOptions = {}): Callback {
  if (typeof path !== "string" || path === "") fail(WHO, "the path of a file", describe(path));
  checkOptions(WHO, options, rules);
  const { every = 1, onError } = options;
  const book = new ReportBook(path, options);
  const save = async (state: State) => {
    try {
      await write(WHO, path, new TextEncoder().encode(pageOf(book.report(state))));
    } catch (error) {
      if (onError === undefined) throw error;
      onError(error);
    }
  };
  return {
    firstRankOnly: true,
    onTrainBegin: (event) => book.beginFit(event),
    async onEpochBegin(event) {
      const isFirst = book.beginEpoch(event);
      if (isFirst) await save({ name: "running", epochs: event.epochs });
    },
    async onEpochEnd(event) {
      book.endEpoch(event);
      if ((event.epoch + 1) % every !== 0) return;
      book.examine(event.model);
      await save({ name: "running", epochs: event.epochs });
    },
    async onTrainEnd({ model, epochs, error }) {
      if (!book.hasBegun) return;
      if (error === undefined) book.examine(model);
      await save(stateOf(error, book.nextEpoch, epochs));
    },
  };
}

function stateOf(error: unknown, done: number, epochs: number): State {
  if (error !== undefined)
    return { name: "failed", why: error instanceof Error ? error.message : String(error) };
  return done < epochs ? { name: "stopped", epochs } : { name: "finished" };
}
