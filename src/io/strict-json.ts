/** How deep objects and lists may nest in a file: more is an attack or a mistake. */
const DEEPEST = 256;

/**
 * What a JSON text says, its objects without a prototype.
 * @throws SyntaxError for a text that is no JSON, that gives a name of an object twice, or nests too deep
 */
export function parseJson(text: string): unknown {
  expectUnambiguous(text);
  return withoutPrototypes(JSON.parse(text));
}

/** The same without prototypes, in place where it can be: a reviver of JSON.parse takes five times as long. */
function withoutPrototypes(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) value[i] = withoutPrototypes(value[i]);
    return value;
  }
  const bare: Record<string, unknown> = Object.create(null);
  for (const name of Object.keys(value))
    bare[name] = withoutPrototypes((value as Record<string, unknown>)[name]);
  return bare;
}

/** Readers disagree on which of two values of one name counts, and deep nesting may exhaust the stack. */
function expectUnambiguous(text: string): void {
  const open: Set<string>[] = []; // the names so far in each object, or nothing in a list
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (character === "{" || character === "[") {
      if (open.push(new Set()) > DEEPEST) throw new SyntaxError(`nested more than ${DEEPEST} deep`);
    } else if (character === "}" || character === "]") open.pop();
    else if (character === '"') {
      const start = i;
      for (i++; i < text.length && text[i] !== '"'; i++) if (text[i] === "\\") i++;
      if (!followedByColon(text, i + 1)) continue;
      const name: string = JSON.parse(text.slice(start, i + 1));
      const names = open[open.length - 1];
      if (names?.has(name)) throw new SyntaxError(`the name ${JSON.stringify(name)} twice in one object`);
      names?.add(name);
    }
  }
}

function followedByColon(text: string, at: number): boolean {
  while (text[at] === " " || text[at] === "\n" || text[at] === "\r" || text[at] === "\t") at++;
  return text[at] === ":";
}
