import { type Browser, chromium as playwright } from "playwright-core";
import { chromium } from "./engines.js";
import type { Settings } from "./run-script.js";

/** Chromium that asks the network for nothing of its own. */
export const launch = (): Promise<Browser> =>
  playwright.launch({
    executablePath: chromium,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });

/** What a page said: the line of its script, and all warnings and errors. */
export interface Said<Result> {
  readonly result: Result;
  readonly warnings: readonly string[];
}

/** Opens a page and waits for the line that its script prints. */
export async function openPage<Result>(
  browser: Browser,
  address: string,
  settings: Settings,
): Promise<Said<Result>> {
  const page = await browser.newPage();
  try {
    const warnings: string[] = [];
    const line = new Promise<string>((resolve, reject) => {
      page.on("console", (message) => {
        if (message.type() === "log") resolve(message.text());
        else warnings.push(message.text());
      });
      page.on("pageerror", reject);
    });
    const query = encodeURIComponent(JSON.stringify(settings));
    const [printed] = await Promise.all([within(60_000, line), page.goto(`${address}?${query}`)]);
    return { result: JSON.parse(printed) as Result, warnings };
  } finally {
    await page.close();
  }
}

function within<T>(milliseconds: number, promise: Promise<T>): Promise<T> {
  const late = new Promise<never>((_, reject) => {
    setTimeout(
      () => reject(new Error(`The page expects to be done in ${milliseconds} ms, but is not.`)),
      milliseconds,
    ).unref();
  });
  return Promise.race([promise, late]);
}
