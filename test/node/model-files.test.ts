import { execFile } from "node:child_process";
import { readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Dense, Sequential } from "chainrule";
import { loadModel, saveModel } from "chainrule/node";
import { build } from "esbuild";
import { expect, it } from "vitest";
import { bits } from "../model/support/models.js";
import { emptyFolder } from "./support/interrupted.js";

const model = (units = 2, seed = 1) => new Sequential([new Dense({ units })], { input: [3], seed });

it("saves and loads, and replaces what was there", async () => {
  const path = join(emptyFolder(), "model.safetensors");
  for (const seed of [1, 2]) {
    await saveModel(model(2, seed), path);
    expect(bits(await loadModel(path))).toEqual(bits(model(2, seed)));
  }
  expect(readdirSync(join(path, ".."))).toEqual(["model.safetensors"]);
});

it("saves one of two at once, whole", async () => {
  const path = join(emptyFolder(), "model.safetensors");
  const settled = await Promise.allSettled([1, 2, 3, 4].map((seed) => saveModel(model(50, seed), path)));
  expect(new Set(settled.map(({ status }) => status))).toEqual(new Set(["fulfilled"]));
  const saved = bits(await loadModel(path));
  expect([1, 2, 3, 4].map((seed) => String(bits(model(50, seed))))).toContain(String(saved));
});

it("says why it cannot write, and leaves what was there", async () => {
  const folder = emptyFolder();
  await expect(saveModel(model(), join(folder, "no/model"))).rejects.toThrow(
    /^saveModel expects to write \d+ bytes to ".*no\/model", but got a folder that is not there \(ENOENT\)\.$/,
  );
  writeFileSync(join(folder, "file"), "mine");
  await expect(saveModel(model(), join(folder, "file/model"))).rejects.toThrow(
    /a folder that is a file \(ENOTDIR\)/,
  );
  await expect(saveModel(model(), folder)).rejects.toThrow(/as it was/);
  expect(readdirSync(folder)).toEqual(["file"]);
  await expect(saveModel(model(), "")).rejects.toThrow(/the path of a file/);
});

it("leaves the file that was there where the disk takes no more", { timeout: 60_000 }, async () => {
  const folder = emptyFolder();
  const program = join(folder, "save.mjs");
  await build({
    entryPoints: [fileURLToPath(new URL("support/save-large.ts", import.meta.url))],
    ...{ outfile: program, bundle: true, platform: "node", format: "esm", logLevel: "error" },
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
  });
  const path = join(folder, "model.safetensors");
  await saveModel(model(), path);
  const before = readFileSync(path);
  // A file may have 64 blocks of 512 or 1024 bytes, less than this model needs.
  const script = `trap '' XFSZ; ulimit -f 64; exec "$0" "$1" "$2"`;
  const { stdout } = await promisify(execFile)("bash", ["-c", script, process.execPath, program, path]);
  expect(stdout).toMatch(
    /saveModel expects to write \d+ bytes to ".*", but got .*(EFBIG|too large).*The file that was there is as it was\./,
  );
  expect(readFileSync(path)).toEqual(before);
  expect(readdirSync(folder).sort()).toEqual(["model.safetensors", "save.mjs"]);
});

it("names the file that it cannot load", async () => {
  const folder = emptyFolder();
  await expect(loadModel(join(folder, "none"))).rejects.toThrow(
    /^loadModel expects the path of a readable file, but got ".*none" \(ENOENT\)/,
  );
  await expect(loadModel(folder)).rejects.toThrow(/which is a folder/);
  writeFileSync(join(folder, "bad"), "no model");
  await expect(loadModel(join(folder, "bad"))).rejects.toThrow(/It is in ".*bad"\.$/);
  symlinkSync("bad", join(folder, "link"));
  await expect(loadModel(join(folder, "link"))).rejects.toThrow(/It is in/);
});
