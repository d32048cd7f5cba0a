import { type Callback, type Moment, tell } from "./callbacks.js";
import type { Team } from "./team.js";

/** The callbacks of a training. Where it is distributed, some are told on the first process alone; all stop together. */
export class Audience {
  private readonly here: readonly Callback[];

  constructor(
    readonly all: readonly Callback[],
    private readonly team: Team | undefined,
  ) {
    const isFirst = team === undefined || team.collective.rank === 0;
    this.here = isFirst ? all : all.filter(({ firstRankOnly }) => firstRankOnly !== true);
  }

  /** Whether one of them, in any process, listens to it. */
  listensTo(moment: Moment): boolean {
    return this.all.some((callback) => callback[moment] !== undefined);
  }

  /** Tells those that are here, in order; true if one, in any process, asked to stop. */
  async tell<E>(moment: Moment, event: E): Promise<boolean> {
    const stop = await tell(this.here, moment, event);
    return this.team !== undefined && this.listensTo(moment) ? this.team.any(stop) : stop;
  }

  /** Tells each that is here, whatever the others do. */
  async tellEach<E>(
    moment: Moment,
    event: E,
    attempt: (work: Promise<unknown>) => Promise<unknown>,
  ): Promise<void> {
    for (const callback of this.here) await attempt(tell([callback], moment, event));
  }
}
