import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const folders = (process.env.PATH ?? "").split(":");

/** Chromium, without a window, that asks the network for nothing of its own; nothing where it is not installed. */
export async function startChromium(): Promise<Browser | undefined> {
  const names = ["chromium", "chromium-browser", "google-chrome"];
  const executablePath = names
    .flatMap((name) => folders.map((folder) => `${folder}/${name}`))
    .find((path) => existsSync(path));
  if (executablePath === undefined) return undefined;
  const args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"];
  return chromium.launch({ executablePath, args: [...args, "--disable-component-update", "--disable-sync"] });
}
