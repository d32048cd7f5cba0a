/** What a header may be made of: one token at a time, blanks before it. */
const TOKEN = /[ \t\r\n]*(?:'([^'\\\n]*)'|"([^"\\\n]*)"|(True|False)\b|(\d{1,16})L?\b|([{}()[\],:]))/y;
/** How deep literals may nest: that of an array of numbers has two levels. */
const DEEPEST = 8;

/** A dict, tuple or list, text, truth or whole number, as Python writes them. */
export type Literal = Map<string, Literal> | Tuple | Literal[] | string | boolean | number;

/** A tuple, which is no list: `descr` may be either, `shape` may not. */
export class Tuple {
  constructor(readonly parts: readonly Literal[]) {}
}

/** What a Python literal says: no names, no escapes, no arithmetic. @throws SyntaxError for anything else */
export function parsePython(text: string): Literal {
  const tokens = tokensOf(text);
  let at = 0;

  const closes = (sign: string) => at < tokens.length && tokens[at] === sign;
  const expect = (sign: string) => {
    if (!closes(sign)) throw new SyntaxError(`no ${JSON.stringify(sign)} where one must be`);
    at++;
  };
  /** Parts with commas between them, and perhaps one behind the last. Says whether the last character was a comma. */
  const list = (end: string, part: () => void): boolean => {
    let comma = true;
    while (!closes(end)) {
      if (!comma) throw new SyntaxError("no comma between two values");
      part();
      comma = closes(",");
      if (comma) at++;
    }
    at++;
    return comma;
  };

  const value = (depth: number): Literal => {
    const token = tokens[at++];
    if (depth > DEEPEST || token === undefined) throw new SyntaxError("no whole value");
    if (typeof token !== "string") return token.value;
    if (token === "{") {
      const dict = new Map<string, Literal>();
      list("}", () => {
        const key = value(depth + 1);
        if (typeof key !== "string" || dict.has(key))
          throw new SyntaxError("a key that is no text, or twice");
        expect(":");
        dict.set(key, value(depth + 1));
      });
      return dict;
    }
    const parts: Literal[] = [];
    const end = token === "(" ? ")" : "]";
    if (token !== "(" && token !== "[")
      throw new SyntaxError(`${JSON.stringify(token)} where a value must be`);
    const comma = list(end, () => parts.push(value(depth + 1)));
    if (token === "[") return parts;
    return parts.length === 1 && !comma ? parts[0] : new Tuple(parts); // (3) is a number, (3,) a tuple
  };

  const whole = value(0);
  if (at < tokens.length) throw new SyntaxError("more than one value");
  return whole;
}

/** Signs as they are, and values. */
function tokensOf(text: string): (string | { readonly value: string | boolean | number })[] {
  const tokens: (string | { readonly value: string | boolean | number })[] = [];
  const end = text.replace(/[ \t\r\n]+$/, "").length;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < end) {
    const from = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (match === null)
      throw new SyntaxError(`no Python literal at ${JSON.stringify(text.slice(from, from + 12))}`);
    const [, single, double, truth, digits, sign] = match;
    if (sign !== undefined) tokens.push(sign);
    else if (truth !== undefined) tokens.push({ value: truth === "True" });
    else tokens.push({ value: digits === undefined ? (single ?? double) : Number(digits) });
  }
  return tokens;
}
