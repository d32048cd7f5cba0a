import { fail } from "../errors.js";
import { CallPage } from "./call.js";
import type { Engine } from "./engine.js";

/** What an agreement takes of the engine. */
export type Messages = Pick<Engine, "rank" | "size" | "send" | "receive" | "broadcast">;

/**
 * Waits until every rank is about to make its next call, and sees to it that it is the same. MPI does not look: calls that
 * differ hang for ever, or give wrong sums. Rank 0 asks one after the other, so that it can say whom it waits for.
 */
export class Agreement {
  private readonly other = new CallPage();
  /** The call that differs, where there is one. */
  private readonly theirs = new CallPage();
  /** Where the ranks differ from rank 0: which one, or −1. */
  private readonly verdict = new Int32Array(1);
  private readonly verdictBytes = new Uint8Array(this.verdict.buffer);

  /** Whether this rank makes another call than most do, as far as is known; undefined while all make the same. */
  isOdd: boolean | undefined;

  /** @param waiting told which rank is waited for */
  constructor(
    private readonly engine: Messages,
    private readonly waiting: (rank: number) => void,
  ) {}

  /** @throws ChainruleError on every rank, the same, where some rank is about to make another call */
  reach(call: CallPage): void {
    const { engine, verdict } = this;
    if (engine.rank === 0) verdict[0] = this.firstThatDiffers(call);
    else {
      this.waiting(0);
      engine.send(call.bytes, 0);
    }
    engine.broadcast(this.verdictBytes, 0);
    this.waiting(-1);
    if (verdict[0] >= 0) this.tell(call, verdict[0]);
  }

  private firstThatDiffers(call: CallPage): number {
    let first = -1;
    for (let rank = 1; rank < this.engine.size; rank++) {
      this.waiting(rank);
      this.engine.receive(this.other.bytes, rank);
      if (first < 0 && !call.sameAs(this.other)) {
        first = rank;
        this.theirs.bytes.set(this.other.bytes);
      }
    }
    return first;
  }

  private tell(call: CallPage, rank: number): never {
    this.isOdd = this.engine.rank === rank || this.engine.rank === 0;
    const ours = new CallPage();
    if (this.engine.rank === 0) ours.bytes.set(call.bytes);
    for (const page of [ours, this.theirs]) this.engine.broadcast(page.bytes, 0);
    const got = `${ours.details} on rank 0, and ${this.theirs.details} on rank ${rank}`;
    fail("mpi", "every rank to make the same calls", got, "All ranks have to make the same steps.");
  }
}
