import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Example } from "../data/pipeline/collate.js";
import { from } from "../data/pipeline/from.js";
import type { Pipeline } from "../data/pipeline.js";
import { ChainruleError, describe, fail } from "../errors.js";
import { checkOptions, optional, type Rule, shape } from "../options.js";
import { type OnBadRow, onBadRowRule } from "./bad-rows.js";
import { decodeImage, isImage, toChannels } from "./decode-image.js";

export interface ImageFolderOptions {
  /** 1: brightness; 3: red, green, blue. Default: 3. */
  channels?: 1 | 3;
  /** [height, width] that every image must have. Default: those of the first. */
  size?: readonly [number, number];
  /** What happens to an image that cannot be read or has another size. Default: "throw". */
  onBadRow?: OnBadRow;
}

/** The images of a folder, a class for each folder in it. */
export interface ImageFolder {
  /** The names of the classes, in the order of their indices. */
  readonly classes: readonly string[];
  /** How many images there are. */
  readonly count: number;
  /** x: numbers from 0 to 1, [height × width × channels], row after row; y: the index of the class. */
  readonly examples: Pipeline<Example>;
}

const WHO = "imageFolder";
const oneOrThree: Rule = { expected: "1 or 3", accepts: (v) => v === 1 || v === 3 };

/**
 * Finds the PNG and JPEG files in the folders of a folder; they are read one by one as they are wanted, by the packages
 * `fast-png` and `jpeg-js`, in the order of their classes and names: shuffle them.
 * @throws ChainruleError for a folder that cannot be read or has no images; and while it is read, without the packages
 */
export async function imageFolder(folder: string, options: ImageFolderOptions = {}): Promise<ImageFolder> {
  if (typeof folder !== "string") fail(WHO, "the path of a folder", describe(folder));
  checkOptions(WHO, options, {
    channels: optional(oneOrThree),
    size: optional({
      expected: "[height, width]",
      accepts: (v) => shape.accepts(v) && (v as unknown[]).length === 2,
    }),
    onBadRow: optional(onBadRowRule),
  });
  const classes = await foldersIn(folder);
  const files: { path: string; y: number }[] = [];
  for (const [y, name] of classes.entries()) {
    const names = (await list(join(folder, name)))
      .map((entry) => entry.name)
      .filter(isImage)
      .sort();
    for (const file of names) files.push({ path: join(folder, name, file), y });
  }
  if (files.length === 0) {
    fail(
      WHO,
      `folders of PNG or JPEG files in ${JSON.stringify(folder)}`,
      "none",
      "Make a folder for each class.",
    );
  }
  return { classes, count: files.length, examples: from(() => examples(files, options)) };
}

/** The names of the folders in a folder, links to some too, without hidden ones. */
async function foldersIn(folder: string): Promise<readonly string[]> {
  const names: string[] = [];
  for (const entry of await list(folder)) {
    if (entry.name.startsWith(".")) continue;
    const isLink = entry.isSymbolicLink();
    const isFolder = isLink ? await leadsToFolder(join(folder, entry.name)) : entry.isDirectory();
    if (isFolder) names.push(entry.name);
  }
  return names.sort();
}

const leadsToFolder = (path: string) =>
  stat(path).then(
    (there) => there.isDirectory(),
    () => false,
  );

const list = (folder: string) =>
  readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) =>
    fail(WHO, "the path of a folder that can be read", `${JSON.stringify(folder)} (${error.code})`),
  );

async function* examples(
  files: readonly { path: string; y: number }[],
  { channels = 3, size, onBadRow = "throw" }: ImageFolderOptions,
): AsyncGenerator<Example> {
  let wanted = size;
  for (const { path, y } of files) {
    try {
      const image = await decodeImage(WHO, path, await readFile(path));
      const { height, width } = image;
      wanted ??= [height, width];
      if (height !== wanted[0] || width !== wanted[1]) throw new Error(`one of ${height} × ${width}`);
      yield { x: toChannels(image, channels), y };
    } catch (error) {
      if (error instanceof ChainruleError) throw error; // a package is missing
      const expected = wanted === undefined ? "an image" : `an image of ${wanted.join(" × ")}`;
      const got = (error as Error).message;
      if (typeof onBadRow === "function") onBadRow({ file: path, line: 1, expected, got });
      else if (onBadRow === "throw") fail(WHO, `${expected} in ${JSON.stringify(path)}`, got);
    }
  }
}
