import type { Callback } from "../model/callbacks.js";
import { checkOptions, flag, optional } from "../options.js";
import { epochLog, type LogFormat } from "./epoch-log.js";

export interface CsvLogOptions {
  /** Whether the rows of earlier trainings stay in the file. Default: false. */
  append?: boolean;
}

/**
 * Writes what is measured in each epoch as a row of a CSV file: `epoch,loss,accuracy …`, epochs from 0. A row is on the
 * disk when its epoch is over. A training that is resumed, or has an `initialEpoch`, goes on behind the rows of the
 * epochs before; one that begins anew replaces the file, unless it is to `append`.
 * @throws ChainruleError for wrong options; in `fit` for a file that cannot be written, or has other columns
 */
export function csvLog(path: string, options: CsvLogOptions = {}): Callback {
  checkOptions("csvLog", options, { append: optional(flag) });
  return epochLog({ who: "csvLog", path, format, append: options.append ?? false });
}

const format: LogFormat = {
  head: (names) => `${["epoch", ...names].map(cell).join(",")}\n`,
  row: (epoch, names, logs) => [epoch, ...names.map((name) => logs[name])].join(","),
  epochOf(row) {
    const [epoch] = row.split(",", 1);
    return /^\d+$/.test(epoch) ? Number(epoch) : undefined;
  },
};

/** A cell as RFC 4180 quotes it. */
const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
