import { describe, expect, it } from "vitest";
import { parseJson } from "../../src/io/strict-json.js";
import { Dice, mutateText } from "../fuzz/mutate.js";

const texts = [
  '{"a":[1,-0,2.5e-3,1e400],"b":{"c":null,"d":[true,false,{}]},"e":"\\u00e9\\"\\\\:{[","__proto__":{"x":1}}',
  '[[],[[]],{"":{"":""}},"a:b","\\\\","{\\"a\\":1,\\"a\\":2}"]',
  ' {"version" : 1,\n\t"model":{"type":"Dense","options":{"units":3}},"frozen":["0.weight"]}\r\n',
];

/** How many names of objects a text of JSON writes down. */
const written = (text: string): number =>
  [...text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g)].filter(([, colon]) => colon !== undefined).length;

/** How many names of objects are left when it is read. */
function kept(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const own = Array.isArray(value) ? 0 : Object.keys(value).length;
  return Object.values(value).reduce<number>((sum, part) => sum + kept(part), own);
}

function attempt(parse: () => unknown): { value?: unknown; error?: Error } {
  try {
    return { value: parse() };
  } catch (error) {
    return { error: error as Error };
  }
}

it("agrees with JSON.parse on 40,000 damaged texts, but for names that stand twice", () => {
  const seen = { read: 0, refused: 0, twice: 0 };
  for (let i = 0; i < 40_000; i++) {
    const dice = new Dice(11, i);
    const text = mutateText(dice.pick(texts), dice);
    const theirs = attempt(() => JSON.parse(text));
    const ours = attempt(() => parseJson(text));
    if (theirs.error !== undefined) {
      expect(ours.error, text).toBeInstanceOf(SyntaxError);
      seen.refused++;
    } else if (written(text) > kept(theirs.value)) {
      expect(ours.error?.message, text).toMatch(/^the name ".*" twice in one object$/s);
      seen.twice++;
    } else {
      expect(JSON.stringify(ours.value), text).toBe(JSON.stringify(theirs.value));
      seen.read++;
    }
  }
  for (const [outcome, times] of Object.entries(seen)) expect(times, outcome).toBeGreaterThan(80);
});

describe("parseJson", () => {
  it("gives objects without a prototype, and names as they are", () => {
    const value = parseJson('{"__proto__":{"polluted":true},"constructor":1}') as Record<string, unknown>;
    expect(Object.getPrototypeOf(value)).toBeNull();
    expect(Object.keys(value)).toEqual(["__proto__", "constructor"]);
    expect("polluted" in {}).toBe(false);
  });

  it("nests 256 deep, and no deeper", () => {
    const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
    expect(JSON.stringify(parseJson(nested(256)))).toBe(nested(256));
    expect(() => parseJson(nested(257))).toThrow(/^nested more than 256 deep$/);
    expect(() => parseJson("[".repeat(5e6))).toThrow(/^nested more than 256 deep$/);
  });

  it.each([
    ['{"a":1,"a":1}', 'the name "a" twice in one object'],
    ['{"a":1,"\\u0061":1}', 'the name "a" twice in one object'],
    ['[{"a":{"b":1,"c":[],"b" :2}}]', 'the name "b" twice in one object'],
    ['{"__proto__":1,"__proto__":2}', 'the name "__proto__" twice in one object'],
  ])("refuses %s", (text, message) => {
    expect(() => parseJson(text)).toThrow(new SyntaxError(message));
  });

  it.each(['{"a":{"a":1}}', '[{"a":1},{"a":1}]', '{"a":"a","b":["a","a"]}', '{"a":"\\"a\\":"}'])(
    "takes %s, where no object has a name twice",
    (text) => expect(JSON.stringify(parseJson(text))).toBe(text),
  );
});
