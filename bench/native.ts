import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { root } from "./engines.js";
import { temporary } from "./temporary.js";

/** The loop in C, compiled for this machine where there is a compiler; in the widest vectors unless `lanes` says less. */
export function nativeLoop(lanes?: number): { program: string; missing?: string } {
  const program = join(temporary, `native-loop-${lanes ?? "widest"}`);
  const source = join(root, "bench/contenders/native-loop.c");
  const width = lanes === undefined ? [] : [`-DBYTES=${4 * lanes}`];
  try {
    execFileSync("gcc", ["-O3", "-march=native", ...width, "-o", program, source], { stdio: "ignore" });
    return { program };
  } catch {
    return { program, missing: "not compiled: no gcc" };
  }
}
