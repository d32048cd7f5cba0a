import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, it } from "vitest";

const place = mkdtempSync(join(tmpdir(), "calls-"));
const program = join(place, "save-once.mjs");
const run = promisify(execFile);

/** Whether this place has strace, and lets it trace. */
function canTrace(): boolean {
  try {
    execFileSync("strace", ["-o", "/dev/null", "true"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

beforeAll(async () => {
  await build({
    entryPoints: [fileURLToPath(new URL("support/save-once.ts", import.meta.url))],
    ...{ outfile: program, bundle: true, platform: "node", format: "esm", logLevel: "error" },
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
  });
});
afterAll(() => rmSync(place, { recursive: true, force: true }));

// A kill does not test what reaches the disk: the kernel keeps what was written. So the calls themselves are looked at.
it.runIf(canTrace())("writes, flushes, renames, and flushes the folder, in this order", async () => {
  const [log, path] = [join(place, "log"), join(place, "model.safetensors")];
  const calls = "trace=open,openat,write,pwrite64,writev,fsync,fdatasync,rename,renameat,renameat2,close";
  await run("strace", ["-f", "-y", "-o", log, "-e", calls, process.execPath, program, path]);
  const lines = readFileSync(log, "utf8").split("\n");
  const seen = lines.flatMap((line) => {
    const call = /^\d+ +(?:<\.\.\. )?(\w+)/.exec(line)?.[1] ?? "";
    if (!line.includes(place) || line.includes("save-once")) return [];
    if (/write/.test(call) && line.includes(".tmp>")) return ["write the temporary file"];
    if (call === "fsync" && line.includes(".tmp>")) return ["flush the temporary file"];
    if (/^rename/.test(call)) return ["rename it"];
    if (call === "fsync" && line.includes(`<${place}>`)) return ["flush the folder"];
    return [];
  });
  expect([...new Set(seen)]).toEqual([
    "write the temporary file",
    "flush the temporary file",
    "rename it",
    "flush the folder",
  ]);
  expect(seen.lastIndexOf("write the temporary file")).toBeLessThan(seen.indexOf("flush the temporary file"));
});
