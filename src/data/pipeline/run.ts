import { ChainruleError } from "../../errors.js";

/** Elements that come one after another, to be gone through once. */
export type Stream<T> = AsyncIterable<T>;

/** What `open` begins, as something for `for await`, which opens it when it is entered and closes it when it is left. */
export function once<T>(open: () => Iterator<T> | AsyncIterator<T>): Stream<T> {
  // `for await` awaits what need not be a promise.
  return { [Symbol.asyncIterator]: open as () => AsyncIterator<T> };
}

/** Runs a user's function on an element. @throws ChainruleError that names the element, its `cause` what was thrown */
export async function onElement<T>(operation: string, index: number, work: () => T): Promise<Awaited<T>> {
  try {
    return await work();
  } catch (cause) {
    const said = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    const message = `Dataset.${operation} expects its function to take element ${index}, but got ${said}.`;
    throw new ChainruleError(message, { cause });
  }
}
