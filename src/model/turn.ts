/** How long training keeps the event loop waiting at most, in milliseconds. */
const PATIENCE = 20;

/** Lets the event loop turn once: timers, input and output, other promises. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === "function") {
      setImmediate(resolve);
      return;
    }
    // A browser delays nested timers by 4 ms, a message it delivers at once.
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener("message", () => {
      port1.close();
      resolve();
    });
    port1.start();
    port2.postMessage(undefined);
  });
}

/** A watch that says when it is time to let the event loop turn. */
export interface TurnKeeper {
  isDue(): boolean;
  turn(): Promise<void>;
}

/** A watch that starts now. One for a whole training: epochs may be shorter than its patience. */
export function turnKeeper(): TurnKeeper {
  let last = performance.now();
  return {
    isDue: () => performance.now() - last >= PATIENCE,
    async turn() {
      await nextTurn();
      last = performance.now();
    },
  };
}
