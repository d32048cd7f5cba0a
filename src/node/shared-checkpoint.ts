import type { Collective } from "../distributed/collective.js";
import { checkpointFromBytes } from "../io/checkpoint-file.js";
import type { Snapshot } from "../model/snapshot.js";
import { newestOf } from "./checkpoint-folder.js";
import { LARGEST, within } from "./model-files.js";
import { readBytes } from "./read-bytes.js";

/** The newest checkpoint of a folder that only the first process may have: it reads the file, and all have it. */
export async function newestForAll(folder: string, collective: Collective): Promise<Snapshot | undefined> {
  const path = collective.rank === 0 ? await newestOf(folder) : undefined;
  const own = path === undefined ? new Uint8Array(0) : await readBytes("checkpoint", path, LARGEST);
  const length = Float64Array.of(own.length);
  collective.broadcast(length, 0);
  if (length[0] === 0) return undefined;
  const bytes = collective.rank === 0 ? own : new Uint8Array(length[0]);
  collective.broadcast(bytes, 0);
  return within(path ?? folder, () => checkpointFromBytes(bytes));
}
