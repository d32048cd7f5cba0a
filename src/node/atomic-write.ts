import { randomUUID } from "node:crypto";
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/**
 * Writes a file whole or not at all, whenever the process or the machine may die: into a temporary file in the same
 * folder, flushed to the disk, renamed, and the folder flushed. The file that was there before stays until then.
 */
export async function atomicWrite(path: string, bytes: Uint8Array): Promise<void> {
  const folder = dirname(path);
  const temporary = join(folder, temporaryName(basename(path)));
  try {
    await writeThrough(temporary, bytes);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined); // the first error counts
    throw error;
  }
  await flushFolder(folder);
}

/** Another for each write, so that two of the same file do not write into one another's. */
const temporaryName = (name: string): string => `.${name}.${randomUUID()}.tmp`;

/** Whether a file was left over by a write that did not end. */
export const isTemporary = (name: string): boolean => /^\..*\.[\da-f-]+\.tmp$/.test(name);

async function writeThrough(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, "w");
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Flushes the folder's list of names; Windows has no such thing and refuses. */
async function flushFolder(path: string): Promise<void> {
  let folder: FileHandle;
  try {
    folder = await open(path, "r");
  } catch (error) {
    if (process.platform === "win32") return;
    throw error;
  }
  try {
    await folder.sync();
  } catch (error) {
    if (process.platform !== "win32") throw error;
  } finally {
    await folder.close();
  }
}
