/** How long to work before commands are looked at, in milliseconds. */
const SLICE = 20;
/** How long to wait where the work is ahead of its time. */
const REST = 8;

/** Work that never ends, cut into slices between which messages come through. */
export class Slices {
  isRunning = false;
  private turn = 0;

  /** @param work does a little, and says whether it wants to go on at once */
  constructor(
    private readonly work: () => boolean,
    private readonly failed: (error: unknown) => void,
  ) {}

  start(): void {
    if (this.isRunning) return;
    this.isRunning = true;
    const turn = ++this.turn;
    // A message to oneself comes at once, and after those of others; timers in a row would wait 4 ms each.
    const { port1, port2 } = new MessageChannel();
    const next = () => {
      if (!this.isRunning || turn !== this.turn) port1.close();
      else if (this.slice()) port2.postMessage(0);
      else setTimeout(next, REST);
    };
    port1.onmessage = next;
    port2.postMessage(0);
  }

  pause(): void {
    this.isRunning = false;
  }

  /** Returns whether to go on at once. */
  private slice(): boolean {
    const end = performance.now() + SLICE;
    try {
      while (this.isRunning && performance.now() < end) if (!this.work()) return false;
    } catch (error) {
      this.isRunning = false;
      this.failed(error);
    }
    return this.isRunning;
  }
}
