/** A source that counts what is read of it and how often it is opened and closed. */
export function watched<T>(elements: readonly T[], failAt = Number.POSITIVE_INFINITY) {
  const seen = { opened: 0, read: 0, closed: 0 };
  async function* source(): AsyncGenerator<T> {
    seen.opened++;
    try {
      for (const [i, element] of elements.entries()) {
        if (i === failAt) throw new Error("the source is gone");
        seen.read++;
        yield element;
      }
    } finally {
      seen.closed++;
    }
  }
  return { source, seen };
}
