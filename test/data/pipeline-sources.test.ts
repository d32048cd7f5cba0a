import { Readable } from "node:stream";
import { Dataset, Matrix } from "chainrule";
import { expect, it } from "vitest";

const rows = [
  [1, 2],
  [3, 4],
  [5, 6],
];

it.each([
  ["an array", () => Dataset.from(rows), rows],
  ["a set", () => Dataset.from(new Set(rows)), rows],
  ["a typed array", () => Dataset.from(Float64Array.of(1, 2)), [1, 2]],
  ["a Matrix", () => Dataset.from(Matrix.from(rows)), rows.map((row) => Float32Array.from(row))],
  ["a function of the pass", () => Dataset.from((pass) => [pass, pass + 1]), [0, 1]],
  ["a function that makes a Matrix", () => Dataset.from(() => Matrix.from([[7]])), [Float32Array.of(7)]],
  [
    "an async generator",
    () =>
      Dataset.from(async function* () {
        yield* rows;
      }),
    rows,
  ],
  ["a Node stream", () => Dataset.from(Readable.from(rows)), rows],
  ["a web stream", () => Dataset.from(Readable.toWeb(Readable.from(rows)) as ReadableStream<number[]>), rows],
  [
    "a web stream that cannot be iterated",
    () =>
      Dataset.from({
        getReader: () => (Readable.toWeb(Readable.from(rows)) as ReadableStream<number[]>).getReader(),
      }),
    rows,
  ],
  ["another pipeline", () => Dataset.from(Dataset.from(rows)), rows],
] as const)("takes %s", async (_, make, expected) => {
  expect(await (make() as ReturnType<typeof Dataset.from>).toArray()).toEqual(expected);
});

it("takes data in memory as its examples, and puts it together again", async () => {
  const data = {
    x: Matrix.from(rows),
    y: Matrix.from([[0], [1], [0]]),
    sampleWeight: Matrix.from([[1], [2], [3]]),
  };
  const examples = Dataset.from(data);
  expect(await examples.take(1).toArray()).toEqual([
    { x: Float32Array.of(1, 2), y: Float32Array.of(0), sampleWeight: 1 },
  ]);
  const [batch] = await examples.batch(3).toArray();
  expect([batch.x.toArray(), batch.y.toArray(), batch.sampleWeight?.toArray()]).toEqual([
    rows,
    [[0], [1], [0]],
    [[1], [2], [3]],
  ]);
});

it("collates by what the elements are", async () => {
  const [m] = await Dataset.from(rows).batch(2).toArray();
  expect(m).toEqual(Matrix.from(rows.slice(0, 2)));
  expect((await Dataset.from([1, 2, 3]).batch(3).toArray())[0]).toEqual(Matrix.from([[1], [2], [3]]));
  expect(
    await Dataset.from([{ a: 1 }, { a: 2 }])
      .batch(2)
      .toArray(),
  ).toEqual([[{ a: 1 }, { a: 2 }]]);
  const [batch] = await Dataset.from([
    { x: [1, 2], y: 0 },
    { x: [3, 4], y: 1, sampleWeight: 2 },
  ])
    .batch(2)
    .toArray();
  expect(batch).toEqual({
    x: Matrix.from([
      [1, 2],
      [3, 4],
    ]),
    y: Matrix.from([[0], [1]]),
    sampleWeight: Matrix.from([[1], [2]]),
  });
});

it.each([
  [
    [
      { x: [1, 2], y: 0 },
      { x: [1], y: 0 },
    ],
    /^Dataset\.batch, element 1, expects x of 2 numbers, but got an array of 1\./,
  ],
  [[{ x: [1, 2], y: 0 }, { x: [1, 2] }], /element 1, expects an example { x, y }, but got an object {x}/],
  [
    [
      { x: [1, 2], y: 0 },
      { x: [1, "a"], y: 0 },
    ],
    /element 1, expects an example/,
  ],
  [[[1, 2], [3]], /element 1, expects 2 numbers, but got an array of 1/],
  [[[1], "a"], /element 1, expects 1 numbers, but got "a"/],
] as const)("names the element that does not fit: %j", async (elements, message) => {
  const earlier = Dataset.from(elements as readonly unknown[]);
  await expect(earlier.batch(5).toArray()).rejects.toThrow(message);
});
