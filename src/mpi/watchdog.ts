import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { CALL_BYTES, CallPage, KINDS_IN_WORDS } from "./call.js";
import { watchdogSource } from "./watchdog-source.js";

/** The cells of the memory that is shared with the thread: Int32, and a call after them. */
const RUNNING = 0;
const TURN = 1;
const WAITED_FOR = 2;
const FINISHING = 3;
const CALL = 16;

/**
 * A thread that ends this process when a call waits too long, and says so first. A timer could not: while MPI waits, no
 * JavaScript runs on the main thread.
 */
export class Watchdog {
  private readonly memory = new SharedArrayBuffer(CALL + CALL_BYTES);
  private readonly cells = new Int32Array(this.memory, 0, CALL / 4);
  private worker: Worker | undefined;

  /** The call that is being made, where the thread can read it. */
  readonly call = new CallPage(this.memory, CALL);

  /**
   * @param head how its line begins: `[rank 1 of 4 on host]`
   * @param seconds how long a call may wait
   */
  async start(head: string, seconds: number): Promise<void> {
    this.cells[RUNNING] = 1;
    const workerData = { memory: this.memory, seconds, head, kinds: KINDS_IN_WORDS };
    // Without this process's own flags, whose loaders and hooks would be started in the thread.
    this.worker = new Worker(watchdogSource, { eval: true, workerData, execArgv: [] });
    await once(this.worker, "online");
    this.worker.unref();
  }

  /** A call begins to wait. */
  enter(): void {
    Atomics.add(this.cells, TURN, 1);
  }

  /** Which rank it waits for, or −1 where MPI alone knows. */
  waitFor(rank: number): void {
    Atomics.store(this.cells, WAITED_FOR, rank);
  }

  /** All ranks are done, and MPI ends: it has little to do, and less time for it. */
  finish(): void {
    Atomics.store(this.cells, FINISHING, 1);
    this.enter();
  }

  /** The call is made. */
  leave(): void {
    Atomics.add(this.cells, TURN, 1);
  }

  /** Ends the thread. */
  stop(): void {
    Atomics.store(this.cells, RUNNING, 0);
    Atomics.notify(this.cells, RUNNING);
  }
}
