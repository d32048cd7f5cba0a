import { Random } from "chainrule";

/** Seeded draws, one after another. */
export class Dice {
  private draws = 0;
  private readonly random: Random;

  constructor(
    seed: number,
    private readonly index: number,
  ) {
    this.random = Random.fromSeed(seed);
  }

  /** A whole number from 0 up to, but not including, `end`. */
  below(end: number): number {
    return Math.floor((this.random.word(this.draws++, 0, this.index) / 2 ** 32) * end);
  }

  pick<T>(values: readonly T[]): T {
    return values[this.below(values.length)];
  }
}

const NASTY: readonly unknown[] = [
  ...[0, -0, -1, 1, 2, 0.5, 1e9, 2 ** 31, 2 ** 32, 2 ** 53, 2 ** 53 + 2, 1e308, -1e308, 1e-320],
  ...[
    null,
    true,
    false,
    "",
    "F32",
    "0.weight",
    "Dense",
    "Sequential",
    "__proto__",
    "constructor",
    "\u0000",
    "ÿ",
  ],
  ...[
    [],
    {},
    [[]],
    [1, 2],
    [0, 0],
    [1e9, 1e9],
    [2 ** 53, 2 ** 53],
    { type: "l2", options: {} },
    { type: "zeros", options: {} },
  ],
  ...[{ type: "Dense", options: { units: 1e9 } }, { number: "NaN" }, { number: "-Infinity" }, { number: [] }],
  JSON.parse('{"__proto__":{"polluted":true}}'),
  JSON.parse('{"constructor":{"prototype":{"polluted":true}}}'),
];
const KEYS = [
  "type",
  "options",
  "layers",
  "units",
  "rate",
  "input",
  "seed",
  "dtype",
  "version",
  "frozen",
  "__proto__",
  "table",
];

/** A change of bytes that knows nothing of what they mean. */
export function mutateBytes(bytes: Uint8Array, dice: Dice): Uint8Array {
  const at = dice.below(bytes.length + 1);
  const length = 1 + dice.below(16);
  const copy = Uint8Array.from(bytes);
  switch (dice.below(6)) {
    case 0:
      for (let n = 1 + dice.below(4); n > 0; n--) copy[dice.below(copy.length)] ^= 1 << dice.below(8);
      return copy;
    case 1:
      return copy.subarray(0, at);
    case 2:
      return Uint8Array.from([
        ...bytes.subarray(0, at),
        ...Array.from({ length }, () => dice.below(256)),
        ...bytes.subarray(at),
      ]);
    case 3:
      return Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(at + length)]);
    case 4:
      copy.copyWithin(at, dice.below(bytes.length), bytes.length);
      return copy;
    default:
      copy.fill(dice.pick([0, 255, 0x20, 0x7b, 0x22]), at, at + length);
      return copy;
  }
}

/** A change of a text of JSON: another number, a token twice or gone, a nasty value. */
export function mutateText(text: string, dice: Dice): string {
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[-\d.eE+]+|[{}[\],:]|\w+/g) ?? [];
  for (let n = 1 + dice.below(2); n > 0; n--) {
    const at = dice.below(tokens.length);
    switch (dice.below(4)) {
      case 0:
        tokens[at] = JSON.stringify(dice.pick(NASTY));
        break;
      case 1:
        tokens.splice(at, 1);
        break;
      case 2:
        tokens.splice(at, 0, ...tokens.slice(at, at + 1 + dice.below(8)));
        break;
      default:
        tokens[at] = dice.pick([
          "[".repeat(1000),
          '{"a":'.repeat(300),
          "9".repeat(400),
          "1e999",
          '"\\ud800"',
          "}",
          "\u0000",
        ]);
    }
  }
  return tokens.join("");
}

/** Exchanges a few parts of fresh JSON, takes some away or adds some. */
export function mutateJson(json: unknown, dice: Dice): unknown {
  const root = { value: json };
  for (let n = 1 + dice.below(3); n > 0; n--) {
    const places = placesOf(root);
    if (places.length === 0) return root.value;
    const [owner, key] = dice.pick(places);
    const object = owner as Record<string, unknown>;
    switch (dice.below(5)) {
      case 0:
        if (Array.isArray(owner)) owner.splice(Number(key), 1);
        else delete object[key];
        break;
      case 1:
        Object.defineProperty(object, dice.pick(KEYS), {
          value: structuredClone(dice.pick(NASTY)),
          enumerable: true,
          configurable: true,
          writable: true,
        });
        break;
      case 2: {
        const [other, name] = dice.pick(places);
        object[key] = structuredClone((other as Record<string, unknown>)[name]);
        break;
      }
      default:
        object[key] = structuredClone(dice.pick(NASTY));
    }
  }
  return root.value;
}

/** Every part of a tree, as its owner and its name there. */
function placesOf(owner: object, places: [object, string][] = []): [object, string][] {
  for (const [key, value] of Object.entries(owner)) {
    places.push([owner, key]);
    if (typeof value === "object" && value !== null) placesOf(value, places);
  }
  return places;
}

/** The header's text of a safetensors file, and the bytes behind it. */
export function partsOf(bytes: Uint8Array): { header: string; data: Uint8Array } {
  const start = 8 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  return {
    header: new TextDecoder().decode(bytes.subarray(8, start)).trimEnd(),
    data: bytes.subarray(start),
  };
}

/** A file whose length of the header is right, whatever the header says. */
export function joined(header: string, data: Uint8Array): Uint8Array {
  const text = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + text.length + data.length);
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  bytes.set(text, 8);
  bytes.set(data, 8 + text.length);
  return bytes;
}
