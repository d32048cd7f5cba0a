import { readFileSync } from "node:fs";
import { Dense, Matrix, ReLU, Sequential } from "chainrule";
import { beforeAll, describe, expect, it } from "vitest";
import {
  graphField,
  histogram,
  markdown,
  pictures,
  restartField,
  scalar,
  summaryField,
  versionField,
} from "../../src/node/tensorboard/events.js";
import { graphOf } from "../../src/node/tensorboard/graph.js";
import { type Field, writeFields } from "../../src/node/tensorboard/message.js";
import { loadPackages, type Packages } from "../../src/node/tensorboard/packages.js";
import { recordOf } from "../../src/node/tensorboard/records.js";

// What tensorBoard writes. As TensorBoard's own messages and writer make them: test/golden/tensorboard_events.py.
const golden = JSON.parse(
  readFileSync(new URL("../golden/tensorboard.json", import.meta.url), "utf8"),
) as Record<string, string>;

let packages: Packages;
beforeAll(async () => {
  packages = await loadPackages("test");
});

const record = (step: number, field: Field) => {
  const stamp: Field[] = [[1, "double", 1.5]];
  if (step > 0) stamp.push([2, "int64", step]); // 0 is what is left out
  const message = writeFields(packages.newMessage(), [...stamp, field]).finish();
  return Buffer.from(recordOf(message, packages.checksum)).toString("hex");
};

it("knows the checksum of RFC 3720", () => {
  expect(packages.checksum(new TextEncoder().encode("123456789")) >>> 0).toBe(0xe3069283);
  expect(packages.checksum(new Uint8Array(32)) >>> 0).toBe(0x8a9136aa);
});

describe("byte for byte as TensorBoard writes it:", () => {
  const numbers = Float32Array.of(-1, -0.5, 1, 2);
  const model = () => new Sequential([new Dense({ units: 3 }), new ReLU()], { input: [2] });
  const bytes = (text: string) => new TextEncoder().encode(text);
  it.each<[string, number, () => Field]>([
    ["version", 0, () => versionField],
    ["restart", 300, () => restartField],
    ["scalar", 300, () => summaryField([scalar("loss", 0.1)])],
    ["histogram", 300, () => summaryField(histogram("weights/0.weight", numbers))],
    ["text", 300, () => summaryField([markdown("model", "| é |")])],
    ["images", 300, () => summaryField([pictures("mistakes", 2, 3, [bytes("one"), bytes("two")])])],
    ["graph", 300, () => graphField(writeFields(packages.newMessage(), graphOf(model())).finish())],
  ])("%s", (name, step, field) => {
    expect(record(step, field())).toBe(golden[name]);
  });
});

describe("a histogram", () => {
  it("leaves out what is not finite, and is none where nothing is", () => {
    expect(histogram("w", Float64Array.of(Number.NaN, Number.POSITIVE_INFINITY))).toEqual([]);
    expect(histogram("w", Float64Array.of(Number.NaN, -1, 2, -0.5, 1))).toEqual(
      histogram("w", Float64Array.of(-1, 2, -0.5, 1)),
    );
  });

  it("of one number again and again is one bar", () => {
    const [value] = histogram("w", Matrix.full(2, 2, 3).data);
    expect(JSON.stringify(value)).toContain('[2,"double",3],[3,"double",4]');
  });
});
