import { join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { root } from "../../package/support/root.js";
import { type Site, serve } from "../../runtimes/support/site.js";

/** The static build in some folder of a server. */
export const servePage = (): Promise<Site> => serve(join(root, "examples/digits-page"));

export interface Opened {
  readonly page: Page;
  /** Warnings, errors, what the policy forbade, and requests to elsewhere. */
  readonly complaints: readonly string[];
  readonly close: () => Promise<void>;
}

export type Part = "think" | "learn" | "playground";

/** Opens a part of the page under the policy that its static build promises to need. */
export async function openPart(
  browser: Browser,
  site: Site,
  part: Part,
  options: BrowserContextOptions = {},
): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "warning" || message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("requestfailed", (request) => complaints.push(`failed: ${request.url()}`));
  const address = site.address("static", `dist/index.html#${part}`);
  page.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    const isOwn = origin === new URL(address).origin || protocol === "blob:" || protocol === "data:";
    if (!isOwn) complaints.push(`to elsewhere: ${request.url()}`);
  });
  await page.goto(address, { waitUntil: "networkidle" });
  return { page, complaints, close: () => context.close() };
}
