import type { Command, Report, TaskSettings } from "./protocol.js";
import { newRun, type RunState, reduce } from "./run-state.js";
import { type Settings, sameButRate } from "./settings.js";

let runs = 0;

/** A network in a worker of its own, seen from the page. */
export class Run {
  state: RunState = newRun(0);
  private readonly worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  private settings: Settings | undefined;
  private task = "";
  private waiting: ((bytes: Uint8Array) => void)[] = [];

  /** @param changed is called whenever `state` is another */
  constructor(private readonly changed: () => void) {
    this.worker.addEventListener("message", ({ data }: MessageEvent<Report>) => this.receive(data));
    this.worker.addEventListener("error", (event) => {
      event.preventDefault();
      const message = "The part of this page that trains could not be started.";
      this.become({ ...this.state, status: "failed", isRunning: false, problem: message });
    });
  }

  /** Begins anew, unless only the learning rate is another: that one can be changed on the way. */
  apply(settings: Settings, task: TaskSettings): void {
    const text = JSON.stringify(task);
    const isSame = this.settings && this.task === text && sameButRate(this.settings, settings);
    if (!isSame) {
      this.reset(settings, task);
    } else if (this.settings?.learningRate !== settings.learningRate) {
      this.settings = settings;
      this.send({ kind: "rate", learningRate: settings.learningRate });
    }
  }

  /** Begins anew. */
  reset(settings: Settings, task: TaskSettings): void {
    [this.settings, this.task] = [settings, JSON.stringify(task)];
    this.become(newRun(++runs, this.state));
    this.send({ kind: "build", run: runs, settings, task });
  }

  start(): void {
    if (this.state.status === "failed") return;
    this.send({ kind: "start" });
    this.become({ ...this.state, isRunning: true, looked: undefined });
  }

  pause(): void {
    if (!this.state.isRunning) return;
    this.send({ kind: "pause" });
    this.become({ ...this.state, isRunning: false });
  }

  step(by: "example" | "update"): void {
    this.send({ kind: "step", by });
  }

  /** Not faster than this; 0 for as fast as can be. */
  pace(examplesPerSecond: number): void {
    this.send({ kind: "pace", examplesPerSecond });
  }

  /** The model as it is now, as bytes. */
  model(): Promise<Uint8Array> {
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      this.send({ kind: "model" });
    });
  }

  close(): void {
    this.worker.terminate();
  }

  private send(command: Command): void {
    this.worker.postMessage(command);
  }

  private receive(report: Report): void {
    if (report.kind === "model") {
      for (const resolve of this.waiting.splice(0)) resolve(report.bytes);
      return;
    }
    this.become(reduce(this.state, report));
  }

  private become(state: RunState): void {
    this.state = state;
    this.changed();
  }
}
