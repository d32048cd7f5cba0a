import type { PageData } from "../../../src/node/report/page-data.js";

/** What a report has of its epochs. */
export function dataOf(page: string): PageData {
  const [, json] = /<script type="application\/json" id="report-data">(.*?)<\/script>/s.exec(page) ?? [];
  return JSON.parse(json) as PageData;
}

/** Its series, by their names. */
export function seriesOf(page: string): Readonly<Record<string, readonly (number | null)[]>> {
  return Object.fromEntries(dataOf(page).series.map(({ name, values }) => [name, values]));
}
