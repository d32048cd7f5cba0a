import { mkdir, open } from "node:fs/promises";
import { join } from "node:path";
import { fail } from "../../errors.js";
import { versionField } from "./events.js";
import { type Field, writeFields } from "./message.js";
import type { Packages } from "./packages.js";
import { recordOf } from "./records.js";

/** A file of events in a folder, which TensorBoard shows as a run. Events wait until they are written in one go. */
export class EventFile {
  private readonly waiting: Uint8Array[] = [];
  private path: string | undefined;

  constructor(
    private readonly who: string,
    private readonly folder: string,
    private readonly packages: Packages,
  ) {
    this.add(0, versionField);
  }

  /** An event of now, at this step. */
  add(step: number, ...fields: readonly Field[]): void {
    const { newMessage, checksum } = this.packages;
    const common: readonly Field[] = [
      [1, "double", Date.now() / 1000],
      [2, "int64", step],
    ];
    const message = writeFields(newMessage(), [...common, ...fields]);
    this.waiting.push(recordOf(message.finish(), checksum));
  }

  /** Writes what waits: it is on the disk when this resolves. @throws ChainruleError where it cannot be written */
  async flush(): Promise<void> {
    if (this.waiting.length === 0) return;
    try {
      this.path ??= await newFile(this.folder);
      const file = await open(this.path, "a");
      try {
        await file.writeFile(Buffer.concat(this.waiting));
        await file.sync();
      } finally {
        await file.close();
      }
    } catch (error) {
      fail(this.who, `to write into ${JSON.stringify(this.folder)}`, (error as Error).message);
    }
    this.waiting.length = 0;
  }
}

/** A new file, whose name comes after those of all that were made before: TensorBoard reads them in that order. */
async function newFile(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  for (let time = Date.now(); ; time++) {
    const path = join(folder, `events.out.tfevents.${(time / 1000).toFixed(3)}.chainrule`);
    try {
      await (await open(path, "wx")).close();
      return path;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}
