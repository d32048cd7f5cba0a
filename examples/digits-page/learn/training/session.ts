import { ChainruleError, modelToBytes } from "chainrule";
import { Learner } from "./learner.js";
import { TOO_FAST } from "./measure.js";
import { Pace } from "./pace.js";
import type { Command, Looked, Report, TaskSettings } from "./protocol.js";
import { Slices } from "./slices.js";
import type { Task } from "./task.js";

/** Time between two reports while it trains, in milliseconds: at most ten a second. */
const REPORT_EVERY = 120;

/** One side of a conversation: does what the page asks, and tells it how that goes. */
export class Session {
  private run = 0;
  private learner: Learner | undefined;
  private readonly pace = new Pace();
  private readonly slices = new Slices(
    () => this.train(),
    (error) => this.fail(error),
  );
  private reported = 0;
  private reportedSeen = 0;
  private pictured = 0;
  /** Commands wait for those before them: to build may need what has to be loaded. */
  private last: Promise<void> = Promise.resolve();

  /** @param taskOf loads what is to be learned */
  constructor(
    private readonly post: (report: Report) => void,
    private readonly taskOf: (settings: TaskSettings) => Promise<Task>,
  ) {}

  handle(command: Command): Promise<void> {
    // At once, not after what is waiting: what is under way is no longer wanted.
    if (command.kind === "build" || command.kind === "pause") this.slices.pause();
    this.last = this.last.then(() => this.obey(command)).catch((error) => this.fail(error));
    return this.last;
  }

  private async obey(command: Command): Promise<void> {
    if (command.kind === "build") return this.build(command);
    const { learner } = this;
    if (command.kind === "pace") return this.pace.set(command.examplesPerSecond, learner?.counts.seen ?? 0);
    if (learner === undefined) return;
    switch (command.kind) {
      case "start":
        this.reportedSeen = learner.counts.seen;
        this.reported = performance.now();
        this.pace.begin(this.reportedSeen);
        return this.slices.start();
      case "pause":
        learner.finish();
        return this.report();
      case "step":
        this.slices.pause();
        if (command.by === "example") return this.report(learner.look());
        learner.update();
        return this.report();
      case "rate":
        learner.built.optimizer.learningRate = command.learningRate;
        return;
      case "model":
        return this.post({ kind: "model", run: this.run, bytes: modelToBytes(learner.built.model) });
    }
  }

  private async build({ run, settings, task }: Command & { kind: "build" }): Promise<void> {
    this.run = run;
    this.learner = undefined;
    const learner = new Learner(settings, await this.taskOf(task));
    this.learner = learner;
    const parameters = learner.built.model.parameters.reduce((sum, { value }) => sum + value.data.length, 0);
    this.post({ kind: "built", run, parameters, examples: learner.task.train.x.rows });
    this.report();
  }

  /** Returns whether to go on at once. */
  private train(): boolean {
    const { learner, pace } = this;
    if (learner === undefined) return false;
    if (performance.now() - this.reported >= REPORT_EVERY) this.report();
    if (pace.isAhead(learner.counts.seen)) return false;
    learner.advance();
    return true;
  }

  private report(looked?: Looked): void {
    const { learner, run, slices } = this;
    if (learner === undefined) return;
    const { isRunning } = slices;
    const { seen } = learner.counts;
    const speed = (1000 * (seen - this.reportedSeen)) / (performance.now() - this.reported);
    const point = learner.measure();
    const isDue = !isRunning || performance.now() - this.pictured >= learner.task.pictureEvery;
    const picture = isDue ? { picture: learner.task.picture(learner.built.model) } : {};
    this.post({
      ...{ kind: "progress", run, point },
      ...picture,
      ...(isRunning && { speed }),
      ...(looked && { looked }),
    });
    [this.reported, this.reportedSeen] = [performance.now(), seen];
    if (isDue) this.pictured = this.reported;
  }

  private fail(error: unknown): void {
    this.slices.pause();
    // What the library says of numbers that are not finite names parameters and rows: here a plain sentence does.
    const message = error instanceof ChainruleError ? TOO_FAST : (error as Error).message;
    this.post({ kind: "failed", run: this.run, message });
  }
}
