import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { root } from "./engines.js";
import { temporary } from "./temporary.js";

/** The loop in C, compiled for this machine where there is a compiler. */
export function nativeLoop(): { program: string; missing?: string } {
  const program = join(temporary, "native-loop");
  const source = join(root, "bench/contenders/native-loop.c");
  try {
    execFileSync("gcc", ["-O3", "-march=native", "-o", program, source], { stdio: "ignore" });
    return { program };
  } catch {
    return { program, missing: "not compiled: no gcc" };
  }
}
