import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { onTestFinished } from "vitest";

/** A file with these contents that is gone after the test. */
export function fileOf(contents: string | Uint8Array, name = "people.csv"): string {
  const folder = mkdtempSync(join(tmpdir(), "files-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, name);
  writeFileSync(path, contents);
  return path;
}

export const zipped = (text: string): Uint8Array => gzipSync(text);
