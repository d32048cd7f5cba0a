import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Contender } from "./contender.js";
import { root } from "./engines.js";
import type { Answer, Job } from "./job.js";
import { temporary } from "./temporary.js";

/** What may not be waited for any longer, in milliseconds. */
const PATIENCE = 120_000;

/** Those that must not outlive the benchmark, however it ends. */
const running = new Set<Child>();
process.on("exit", () => {
  for (const child of running) child.stop();
});

/** A contender at work in a process of its own, which measures itself when asked. */
export class Child {
  private readonly process: ChildProcessWithoutNullStreams;
  private readonly lines: AsyncIterator<string>;
  private complaints = "";

  constructor(contender: Contender, job: Job) {
    const { program, args } = contender;
    this.process = spawn(program, [...args, JSON.stringify(job)], { env: environment(contender) });
    this.process.on("error", (error) => {
      this.complaints += error.message;
    });
    this.process.stdin.on("error", () => {}); // one that could not start has closed its end
    this.process.stderr.on("data", (text: Buffer) => {
      this.complaints += text.toString();
    });
    this.lines = createInterface({ input: this.process.stdout })[Symbol.asyncIterator]();
    running.add(this);
  }

  /** Its first answer: who is at work. */
  ready(): Promise<Answer> {
    return this.answer();
  }

  ask(command: "check" | "measure" | "memory"): Promise<Answer> {
    this.process.stdin.write(`${command}\n`);
    return this.answer();
  }

  stop(): void {
    running.delete(this);
    this.process.kill("SIGKILL");
  }

  /** The next line that is an answer; libraries may print others. */
  private async answer(): Promise<Answer> {
    const tooLong = setTimeout(() => this.process.kill("SIGKILL"), PATIENCE);
    try {
      for (let line = await this.lines.next(); !line.done; line = await this.lines.next()) {
        if (line.value.startsWith('{"')) return JSON.parse(line.value) as Answer;
      }
      return { missing: this.whatKeptIt() };
    } finally {
      clearTimeout(tooLong);
    }
  }

  private whatKeptIt(): string {
    if (/Cannot find (package|module)|No module named/.test(this.complaints)) {
      return "not installed (npm run bench:peers)";
    }
    const lines = this.complaints.split("\n").filter((line) => /\S/.test(line));
    const why = lines.find((line) => /error/i.test(line)) ?? lines.at(-1) ?? "it ended without a word";
    return `failed: ${why.trim().replaceAll(temporary, "data").replaceAll(`${root}/`, "")}`;
  }
}

/** OpenBLAS chooses by the processor, whatever the shell says. */
function environment({ env }: Contender): NodeJS.ProcessEnv {
  const { OPENBLAS_CORETYPE: _, OPENBLAS_L2_SIZE: __, ...rest } = process.env;
  return { ...rest, PYTHONDONTWRITEBYTECODE: "1", ...env };
}
