import { stat } from "node:fs/promises";
import { describe, fail } from "../errors.js";
import { modelFromBytes, modelToBytes } from "../io/model-file.js";
import type { ReadOptions } from "../io/model-json.js";
import type { Sequential } from "../model/sequential.js";
import { atomicWrite } from "./atomic-write.js";
import { readBytes } from "./read-bytes.js";

/** The largest file that is read: more does not fit an array. */
export const LARGEST = 2 ** 31 - 1;

/**
 * Writes the model as one safetensors file, whole or not at all: a file that was there stays until the new one is on
 * the disk. @throws ChainruleError where the file cannot be written, and for a model that `modelToBytes` refuses
 */
export async function saveModel(model: Sequential<string>, path: string): Promise<void> {
  if (typeof path !== "string" || path === "") fail("saveModel", "the path of a file", describe(path));
  await write("saveModel", path, modelToBytes(model));
}

/**
 * Reads a model that `saveModel` or `checkpoint` wrote; `layers`: the classes of your own layers. It is not compiled.
 * @throws ChainruleError for a file that cannot be read, or holds no such model
 */
export async function loadModel(path: string, options: ReadOptions = {}): Promise<Sequential> {
  const bytes = await readBytes("loadModel", path, LARGEST);
  return within(path, () => modelFromBytes(bytes, options));
}

/** Does some reading, whose errors then name the file. */
export function within<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error) error.message += ` It is in ${JSON.stringify(path)}.`;
    throw error;
  }
}

/** @throws ChainruleError that says why the file cannot be written */
export async function write(who: string, path: string, bytes: Uint8Array): Promise<void> {
  try {
    await atomicWrite(path, bytes);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = reasons[code ?? ""] ?? message;
    const kept = (await exists(path)) ? " The file that was there is as it was." : "";
    fail(who, `to write ${bytes.length} bytes to ${JSON.stringify(path)}`, why, kept.trim());
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: "a full disk (ENOSPC)",
  EDQUOT: "a full quota (EDQUOT)",
  EACCES: "no permission (EACCES)",
  EPERM: "no permission (EPERM)",
  EROFS: "a file system that is read-only (EROFS)",
  ENOENT: "a folder that is not there (ENOENT)",
  ENOTDIR: "a folder that is a file (ENOTDIR)",
  EISDIR: "a folder of that name (EISDIR)",
};

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
