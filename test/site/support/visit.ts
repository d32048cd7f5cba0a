import type { Browser, BrowserContextOptions, Page } from "playwright-core";

/** Whoever looks at the site. */
export interface Visit {
  readonly page: Page;
  readonly open: (path: string) => Promise<void>;
  /** Warnings, errors, failed requests, and requests to anywhere but the site. */
  readonly complaints: readonly string[];
  readonly close: () => Promise<void>;
}

export async function visit(
  browser: Browser,
  origin: string,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (["warning", "error"].includes(message.type())) complaints.push(`${page.url()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`${page.url()}: ${error}`));
  page.on("request", (request) => {
    const { origin: asked, protocol } = new URL(request.url());
    if (asked !== origin && protocol !== "blob:" && protocol !== "data:")
      complaints.push(`to elsewhere: ${request.url()}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()}: ${response.url()}`);
  });
  return {
    page,
    complaints,
    open: async (path) => void (await page.goto(`${origin}/${path}`, { waitUntil: "networkidle" })),
    close: () => context.close(),
  };
}
