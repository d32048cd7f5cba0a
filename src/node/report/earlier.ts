import { readFile } from "node:fs/promises";
import { readDataBlock } from "./html.js";
import { DATA } from "./page.js";
import type { PageData } from "./page-data.js";

/**
 * What a report of an earlier process knows of its epochs, for a training that goes on; nothing where there is no such
 * file, or it is another's: a report is not worth a training.
 */
export async function earlierPage(path: string): Promise<PageData | undefined> {
  try {
    const data = readDataBlock(DATA, await readFile(path, "utf8"));
    return isPageData(data) ? data : undefined;
  } catch {
    return undefined;
  }
}

function isPageData(data: unknown): data is PageData {
  if (typeof data !== "object" || data === null || (data as PageData).format !== 1) return false;
  const { x, series, parameters, histograms } = data as PageData;
  const areNumbers = (list: unknown): boolean =>
    Array.isArray(list) && list.every((n) => n === null || typeof n === "number");
  const isHistogram = (one: unknown): boolean =>
    one === null ||
    (typeof one === "object" &&
      "bins" in one &&
      areNumbers(one.bins) &&
      ["least", "largest", "mean", "deviation"].every(
        (name) => typeof (one as Record<string, unknown>)[name] === "number",
      ));
  const areHistograms = (list: unknown) =>
    Array.isArray(list) && list.length === parameters.length && list.every(isHistogram);
  return (
    areNumbers(x) &&
    Array.isArray(series) &&
    series.every(({ name, values }) => typeof name === "string" && areNumbers(values)) &&
    Array.isArray(parameters) &&
    parameters.every((name) => typeof name === "string") &&
    Array.isArray(histograms) &&
    histograms.every(
      (column) =>
        typeof column.x === "number" && areHistograms(column.weights) && areHistograms(column.gradients),
    )
  );
}
