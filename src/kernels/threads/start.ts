import { workerSource } from "../generated/worker.js";
import type { ThreadData } from "./worker.js";

/** A thread that was started. */
export interface Thread {
  /** Whether it ended, as far as the event loop has heard. */
  hasEnded: boolean;
  end(): void;
}

interface NodeWorker {
  unref(): void;
  on(event: "error" | "exit", listener: () => void): void;
  terminate(): Promise<number>;
}
interface BrowserWorker {
  onerror: ((event: { preventDefault(): void }) => void) | null;
  postMessage(data: ThreadData): void;
  terminate(): void;
}
interface OperatingSystem {
  availableParallelism(): number;
}
interface Place {
  process?: { getBuiltinModule?(name: string): object | undefined };
  Worker?: new (url: string) => BrowserWorker;
  SharedArrayBuffer?: object;
  crossOriginIsolated?: boolean;
  navigator?: { hardwareConcurrency?: number };
}
interface NodeThreads {
  Worker: new (
    source: string,
    options: { eval: true; workerData: ThreadData; execArgv: readonly string[] },
  ) => NodeWorker;
}

const place = globalThis as Place;

/** A module of Node, Bun or Deno. Asked for by name, so that a bundler for browsers has nothing to stumble over. */
const builtIn = <T>(name: string): T | undefined => place.process?.getBuiltinModule?.(name) as T | undefined;

/** Whether there is memory that threads share, and a way to start one. A page has it if it is cross-origin isolated. */
export function canStartThreads(): boolean {
  if (place.SharedArrayBuffer === undefined || place.crossOriginIsolated === false) return false;
  return place.Worker !== undefined || builtIn("node:worker_threads") !== undefined;
}

/** How many threads run side by side on this machine. */
export function parallelism(): number {
  const system = builtIn<OperatingSystem>("node:os");
  return system?.availableParallelism?.() ?? place.navigator?.hardwareConcurrency ?? 1;
}

/** Starts a thread. It does not keep the process alive. Where a policy forbids it, the thread has ended at once. */
export function startThread(data: ThreadData): Thread {
  const threads = builtIn<NodeThreads>("node:worker_threads");
  try {
    return threads === undefined ? startInPage(data) : startInNode(threads, data);
  } catch {
    return { hasEnded: true, end() {} };
  }
}

function startInNode({ Worker }: NodeThreads, workerData: ThreadData): Thread {
  // Without the process's own flags: its loaders and hooks would be started in every thread.
  const worker = new Worker(workerSource, { eval: true, workerData, execArgv: [] });
  const thread = { hasEnded: false, end: () => void worker.terminate() };
  worker.unref();
  const ended = () => {
    thread.hasEnded = true;
  };
  worker.on("error", ended);
  worker.on("exit", ended);
  return thread;
}

const page = { url: "" };
function workerUrl(): string {
  page.url ||= URL.createObjectURL(new Blob([workerSource], { type: "text/javascript" }));
  return page.url;
}

function startInPage(data: ThreadData): Thread {
  if (place.Worker === undefined) return { hasEnded: true, end() {} };
  const worker = new place.Worker(workerUrl());
  const thread = { hasEnded: false, end: () => worker.terminate() };
  worker.onerror = (event) => {
    event.preventDefault();
    thread.hasEnded = true;
  };
  worker.postMessage(data);
  return thread;
}
