/**
 * Reads up to `count` elements ahead, one after another, while the consumer is at work. An error comes in its place. A
 * source that still owes an element when the consumer leaves is closed without waiting: it may never bring it.
 */
export async function* prefetch<T>(
  open: () => AsyncIterator<T> | Iterator<T>,
  count: number,
): AsyncGenerator<T> {
  const source = open();
  const ahead: Promise<IteratorResult<T>>[] = [];
  let last: Promise<unknown> = Promise.resolve();
  let owed = 0;
  let ended = false;
  const read = () => {
    owed++;
    const result = last.then(() => source.next());
    const settled = ({ done = false } = {}) => {
      owed--;
      ended ||= done;
    };
    result.then(settled, () => settled({ done: true }));
    last = result;
    ahead.push(result);
  };
  try {
    for (;;) {
      while (ahead.length < count && !ended) read();
      const next = await ahead.shift();
      if (next === undefined || next.done) return;
      yield next.value;
    }
  } finally {
    last.catch(() => undefined);
    const closed = Promise.resolve(ended ? undefined : source.return?.());
    if (owed > 0) closed.catch(() => undefined);
    else await closed;
  }
}
