import { randomUUID } from "node:crypto";
import { type FileHandle, open, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/**
 * Writes a file whole or not at all, whenever the process or the machine may die: into a temporary file in the same
 * folder, flushed to the disk, renamed, and the folder flushed. The file that was there before stays until then, and the
 * new one has its permissions; a link to a file stays a link.
 */
export async function atomicWrite(to: string, bytes: Uint8Array): Promise<void> {
  const path = await realpath(to).catch(() => to);
  const mode = await stat(path).then(
    (there) => there.mode,
    () => undefined,
  );
  const folder = dirname(path);
  const temporary = join(folder, temporaryName(basename(path)));
  try {
    await writeThrough(temporary, bytes, mode);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined); // the first error counts
    throw error;
  }
  await flushFolder(folder);
}

/** Another for each write, so that two of the same file do not write into one another's; no longer than a name may be. */
const temporaryName = (name: string): string => `.${name.slice(0, 40)}.${randomUUID()}.tmp`;

async function writeThrough(path: string, bytes: Uint8Array, mode: number | undefined): Promise<void> {
  const file = await open(path, "w");
  try {
    if (mode !== undefined) await file.chmod(mode);
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
