import type { Collective } from "../distributed/collective.js";
import { fail } from "../errors.js";
import type { Floats } from "../kernels/kernels.js";
import { VERSION } from "../version.js";
import { Agreement } from "./agreement.js";
import { bytesOf, expectData, expectFloats, expectRank, inPieces } from "./buffers.js";
import type { CallKind } from "./call.js";
import type { Engine } from "./engine.js";
import { headOf, inFull, pause, say } from "./say.js";
import type { Watchdog } from "./watchdog.js";

/** Milliseconds that a last line is given to get from this process to the launcher, which ends it then. */
const LAST_LINE = 100;

/** The processes of an MPI job. */
export class World implements Collective {
  readonly rank: number;
  readonly size: number;
  readonly about: string;
  private readonly head: string;
  private readonly agreement: Agreement;
  private hasEnded = false;

  constructor(
    private readonly engine: Engine,
    private readonly watchdog: Watchdog,
  ) {
    this.rank = engine.rank;
    this.size = engine.size;
    this.about = aboutThis(engine.name);
    this.head = headOf(engine.rank, engine.size);
    this.agreement = new Agreement(engine, (rank) => watchdog.waitFor(rank));
  }

  allReduceSum(numbers: Floats): void {
    expectFloats("allReduceSum", numbers);
    const work = () => inPieces(numbers, (piece) => this.engine.sum(piece));
    this.together("allReduceSum", work, numbers);
  }

  broadcast(data: Floats | Uint8Array, root: number): void {
    expectData("broadcast", data);
    expectRank("broadcast", root, this.size);
    const work = () => inPieces(bytesOf(data), (piece) => this.engine.broadcast(piece, root), 1 << 24);
    this.together("broadcast", work, data, root);
  }

  barrier(): void {
    this.together("barrier");
  }

  during(what: string): void {
    this.watchdog.call.place(what);
  }

  abort(error: unknown): never {
    this.endAll(inFull(error), 1);
  }

  /** Ends every process with a line that says why. */
  endAll(why: string, code: number): never {
    this.hasEnded = true;
    // All ranks know of it, and those whom it concerns should be read.
    if (this.agreement.isOdd === false) pause(10 * LAST_LINE);
    say(`${this.head} ${why}`);
    pause(LAST_LINE);
    this.engine.abort(code);
    // MPI has had its chance.
    process.kill(process.pid, "SIGKILL");
    throw new Error(why);
  }

  /**
   * The last call of all, when this process is about to end with a code: the others have to end too. Without it a rank
   * that makes fewer steps would leave the others waiting for ever.
   */
  close(code: number): void {
    if (this.hasEnded) return;
    if (code !== 0) this.endAll(`ended with the code ${code}, and all other ranks with it.`, code);
    try {
      this.together("end");
      this.hasEnded = true;
      // MPICH before 4.2 on UCX may not come back: pmodels/mpich#6596.
      this.watchdog.finish();
      this.engine.finalize();
      this.watchdog.stop();
    } catch (error) {
      this.endAll(`ended before the others did. ${error instanceof Error ? error.message : error}`, 1);
    }
  }

  /** Does something together with all ranks. With one there is nothing to do. */
  private together(kind: CallKind, work = () => {}, data?: Floats | Uint8Array, root = 0): void {
    if (this.hasEnded) fail(kind, "MPI to run", "a call after its end");
    if (this.size === 1) return;
    const { watchdog } = this;
    watchdog.call.write({ kind, length: data?.length ?? 0, width: data?.BYTES_PER_ELEMENT ?? 0, root });
    // At the end one rank may go on for long after the others, to evaluate or to save.
    if (kind !== "end") watchdog.enter();
    try {
      this.agreement.reach(watchdog.call);
      work();
    } finally {
      if (kind !== "end") watchdog.leave();
    }
  }
}

/** What has to be the same on every rank for the same bits: another Node may have other functions, another MPI other sums. */
const aboutThis = (engine: string): string =>
  `chainrule ${VERSION}, Node ${process.version} on ${process.arch}, ${engine}`;
