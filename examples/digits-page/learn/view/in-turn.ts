import { useEffect, useRef } from "preact/hooks";

/** What waits to be drawn, each by who wants it. */
const waiting = new Map<object, () => void>();
let isDue = false;

/**
 * Draws one thing a frame. All at once would be a task in which the page does not answer; and what is wanted again
 * before its turn came is drawn once, as it is last.
 */
function inTurn(who: object, draw: () => void): void {
  waiting.set(who, draw);
  if (isDue) return;
  isDue = true;
  requestAnimationFrame(next);
}

function next(): void {
  const first = waiting.entries().next().value;
  isDue = waiting.size > 1;
  if (isDue) requestAnimationFrame(next);
  if (first === undefined) return;
  waiting.delete(first[0]);
  first[1]();
}

/** Draws when one of these is another, in one of the next frames. */
export function useDrawing(draw: () => void, on: readonly unknown[]): void {
  const who = useRef({}).current;
  useEffect(() => inTurn(who, draw), on as unknown[]);
  useEffect(
    () => () => {
      waiting.delete(who);
    },
    [],
  );
}
