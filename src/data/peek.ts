import { type Batch, type Dataset, isOneShot, iterate } from "./dataset.js";

/** The first batch of a dataset, and a dataset that still has all of them. */
export async function peek(data: Dataset): Promise<{ first: Batch | undefined; all: Dataset }> {
  const iterator = iterate(data);
  const { done, value } = await iterator.next();
  const first = done ? undefined : value;
  if (!isOneShot(data)) {
    await iterator.return?.();
    return { first, all: data };
  }
  return { first, all: resume(first, iterator) };
}

/** A one-shot dataset whose first batch was taken, from that batch on. */
async function* resume(
  first: Batch | undefined,
  rest: Iterator<Batch> | AsyncIterator<Batch>,
): AsyncGenerator<Batch, void, undefined> {
  try {
    if (first !== undefined) yield first;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}
