import { job, missing } from "./serve.js";

/** The switches that may not be there in every version of the library. */
interface Switches {
  setThreads?(threads: number): void;
  setNumerics?(numerics: "fast" | "exact"): void;
  kernels?(): Record<string, unknown>;
}

/** Ours: the built package, as a user has it. */
export const library = (await import(job.library)) as typeof import("chainrule");

const switches = library as unknown as Switches;

/** Sets the numerics and the threads that this contender stands for. */
export function setUp(): void {
  const { numerics } = job.how;
  if (numerics === "fast" && switches.setNumerics === undefined) missing("this version has no setNumerics");
  if (job.threads > 1 && switches.setThreads === undefined) missing("this version has no setThreads");
  switches.setNumerics?.(numerics === "fast" ? "fast" : "exact");
  switches.setThreads?.(job.threads);
}

/** What the library says of its kernels, in a few words: `simd, fused, 6x8`. */
export function kernelsNote(): string {
  const { threads: _, simd: __, ...said } = switches.kernels?.() ?? {};
  const words = Object.entries(said).filter(([, value]) => value !== false && value !== undefined);
  return words.map(([key, value]) => (value === true ? key : String(value))).join(", ");
}
