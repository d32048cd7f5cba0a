/** What a named factory leaves on the function it returns, so that a file can say how to make it again. */
export interface Name {
  readonly type: string;
  readonly options: object;
}

/** A function that remembers the factory and the options that made it. */
export type Named<F> = F & Name;

/** Marks `f` as made by the factory `type` with `options`: `toJSON` writes it as `{ type, options }`. */
export function named<F extends (...inputs: never[]) => unknown>(
  type: string,
  options: object,
  f: F,
): Named<F> {
  return Object.assign(f, { type, options });
}

/** Whether a function was made by a named factory. */
export function isNamed(value: unknown): value is Named<() => unknown> {
  return typeof value === "function" && "type" in value && "options" in value;
}
