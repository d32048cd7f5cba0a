import { readFileSync, writeFileSync } from "node:fs";

let before = 0;

/** Counts memory from here on. Linux can forget a process's peak, which it may even have from its parent. */
export function markMemory(): void {
  try {
    writeFileSync("/proc/self/clear_refs", "5");
  } catch {
    // Another system: the peak is that of the whole life of the process.
  }
  before = fromStatus("VmRSS") ?? process.memoryUsage.rss();
}

/** The most bytes that were in use at once since, above those that were in use then. */
export function peakMemory(): number {
  return (fromStatus("VmHWM") ?? 1024 * process.resourceUsage().maxRSS) - before;
}

function fromStatus(name: string): number | undefined {
  try {
    const kilobytes = readFileSync("/proc/self/status", "utf8").match(new RegExp(`${name}:\\s+(\\d+)`));
    return kilobytes ? 1024 * Number(kilobytes[1]) : undefined;
  } catch {
    return undefined;
  }
}
