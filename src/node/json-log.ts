import { parseJson } from "../io/strict-json.js";
import type { Callback } from "../model/callbacks.js";
import { epochLog, type LogFormat } from "./epoch-log.js";

/**
 * Writes what is measured in each epoch as a line of JSON: `{"epoch":0,"loss":0.7 …}`, epochs from 0, which `jsonLines`
 * reads; what is not finite is null, since JSON has no such numbers. A line is on the disk when its epoch is over. A
 * training that is resumed, or has an `initialEpoch`, goes on behind the lines of the epochs before; one that begins
 * anew replaces the file.
 * @throws ChainruleError in `fit` for a file that cannot be read or written, or holds something else
 */
export function jsonLog(path: string): Callback {
  return epochLog({ who: "jsonLog", path, format, append: false });
}

const format: LogFormat = {
  head: () => "",
  row: (epoch, names, logs) =>
    JSON.stringify(Object.fromEntries([["epoch", epoch], ...names.map((name) => [name, logs[name]])])),
  epochOf(row) {
    try {
      const value = parseJson(row) as { epoch?: unknown } | null;
      return typeof value?.epoch === "number" ? value.epoch : undefined;
    } catch {
      return undefined;
    }
  },
};
