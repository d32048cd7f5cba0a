import { createHash } from "node:crypto";
import { relative } from "node:path";
import type { Browser } from "playwright-core";
import { learn } from "./learn.js";

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex").slice(0, 32);

/** Does what a user would, and compares the model with one that is trained here. */
export async function tryPage(browser: Browser, address: string, picture: string): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 560, height: 940 } });
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  await page.goto(address);
  await page.click("#train");
  await page.waitForFunction(
    () => !/^(Not|Learning)/.test(document.getElementById("status")?.textContent ?? ""),
  );
  await page.hover("#plane", { position: { x: 300, y: 200 } });
  const [status, point] = [await page.textContent("#status"), await page.textContent("#point")];
  console.log(`In Chromium ${status}\n${point}`);
  await page.locator("main").screenshot({ path: picture });
  console.log(`Picture: ${relative(process.cwd(), picture)}\n`);

  const numbers = await page.evaluate(async () => {
    const { href } = document.getElementById("save") as HTMLAnchorElement;
    return [...new Uint8Array(await (await fetch(href)).arrayBuffer())];
  });
  let here = new Uint8Array();
  await learn((report) => {
    if (report.kind === "end") here = report.bytes;
  }, new AbortController().signal);
  const [there, own] = [sha256(Uint8Array.from(numbers)), sha256(here)];
  console.log(`model of the browser  sha256 ${there}…\nmodel of Node         sha256 ${own}…`);

  if (errors.length > 0) throw new Error(`expected no errors in the page, but got ${errors.join("; ")}`);
  if (!/^Done: .* 100.0 % right$/.test(status ?? "")) throw new Error(`expected all to be right: ${status}`);
  if (there !== own) throw new Error("expected the same bytes");
}
