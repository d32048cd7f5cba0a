import { type Contender, contender, loops, script } from "./contender.js";
import { current, type Engine, newest } from "./engines.js";
import { nativeLoop } from "./native.js";
import { openblasInEveryWidth } from "./python-peers.js";

/** Everything that says how fast this machine can multiply and add on one thread. */
export function peaks(): readonly Contender[] {
  const wasm = (name: string, engine: Engine, fused: boolean) =>
    contender({ name, group: name, program: engine.program, args: script("wasm-loop"), how: { fused } });
  const native = (name: string, lanes?: number) => contender({ name, group: name, ...nativeLoop(lanes) });
  return [
    ...(newest === current ? [] : [wasm(loops.exact, current, false)]),
    wasm(loops.plain, newest, false),
    wasm(loops.fused, newest, true),
    native(loops.fourWide, 4),
    native(loops.eightWide, 8),
    native(loops.native),
    ...openblasInEveryWidth(),
  ];
}
