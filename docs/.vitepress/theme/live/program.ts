/** The library, as a program sees it by `import`. */
export type Library = Readonly<Record<string, unknown>>;

/** What a program prints to. */
export interface Printer {
  log(...values: unknown[]): void;
}

type Program = (library: Library, console: Printer) => Promise<void>;

const imports = /^import \{([^}]*)\} from "chainrule";?\s*$/gm;

/** A function of the text of a program that imports from `chainrule` alone, and is written without types. */
export function programOf(code: string): Program {
  const body = code.replaceAll(imports, (_, names: string) => {
    return `const {${names.replaceAll(/(\w+) as (\w+)/g, "$1: $2")}} = chainrule;`;
  });
  const AsyncFunction = (async () => {}).constructor as FunctionConstructor;
  return AsyncFunction("chainrule", "console", body) as Program;
}

/** A number of the program that a slider sets: `const rate = 0.1; // slide 0.01 to 1`. */
export interface Slide {
  readonly name: string;
  readonly value: number;
  readonly from: number;
  readonly to: number;
}

const slides = /^const (\w+) = (-?[\d.]+); \/\/ slide (-?[\d.]+) to (-?[\d.]+)/gm;

export function slidesOf(code: string): readonly Slide[] {
  return [...code.matchAll(slides)].map(([, name, ...numbers]) => {
    const [value, from, to] = numbers.map(Number);
    return { name, value, from, to };
  });
}

/** The program with another number in that place. */
export function withNumber(code: string, name: string, value: number): string {
  return code.replace(new RegExp(`^(const ${name} = )-?[\\d.]+(; // slide)`, "m"), `$1${value}$2`);
}
