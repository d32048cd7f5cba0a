import { describe, fail } from "../../errors.js";
import { exact, fastDelta } from "../generated/texts/core.js";
import { bytesOfText } from "./bytes-of-text.js";
import { applyDelta } from "./delta.js";
import type { Exports } from "./exports.js";
import { fuses } from "./fuses.js";
import { instantiate } from "./instantiate.js";
import { MOST_PAGES, type WasmModule, webAssembly } from "./webassembly.js";

/** Plain arithmetic, the same bits on every machine; or products of multiply-adds that are rounded once, and faster. */
export type Numerics = "exact" | "fast";

/** Modules of the catalogue, by name. */
export type Catalogue = Readonly<Record<string, WasmModule>>;

/** What the user brought along. */
interface Given {
  readonly module: WasmModule;
  readonly numerics: Numerics;
  readonly catalogue: Catalogue;
}

/** What this process's engine can do, as far as it was asked, and what was chosen: the chosen kernels. */
const engine = {
  /** Compiled modules by numerics, and by whether they take shared memory. */
  modules: new Map<string, WasmModule | undefined>(),
  /** What was chosen; at first, fast where the engine has it. */
  wanted: undefined as Numerics | undefined,
  /** Counts the changes, so that instances know when they are outdated. */
  version: 0,
  /** A module that the user brought along, for places that forbid compiling. */
  given: undefined as Given | undefined,
};

/** A memory to try a module on. */
const LEAST = { initial: 1, maximum: MOST_PAGES };

/** Before the limits of the imported memory stand its name and its kind, 2. */
const MEMORY_IMPORT = "\x06memory\x02";
const SHARED_WITH_MAXIMUM = 3;

/** The same module for shared memory: one byte of its import says which kind it takes. */
export function shareable(bytes: Uint8Array): Uint8Array {
  const text = String.fromCharCode(...bytes.subarray(0, 1000));
  bytes[text.indexOf(MEMORY_IMPORT) + MEMORY_IMPORT.length] = SHARED_WITH_MAXIMUM;
  return bytes;
}

/** The compiled kernels; nothing where WebAssembly, or this kind of arithmetic, is not to be had, or not fused. */
export function moduleFor(numerics: Numerics, shared = false): WasmModule | undefined {
  if (engine.given !== undefined) {
    return engine.given.numerics === numerics && !shared ? engine.given.module : undefined;
  }
  const key = `${numerics} ${shared}`;
  if (!engine.modules.has(key)) engine.modules.set(key, compile(numerics, shared));
  return engine.modules.get(key);
}

/** A module of the catalogue: the one that was brought along, if any module was, or else a compiled one. */
export function givenOr(
  name: string,
  shared: boolean,
  compiled: (shared: boolean) => WasmModule | undefined,
): WasmModule | undefined {
  if (engine.given === undefined) return compiled(shared);
  return shared ? undefined : engine.given.catalogue[name];
}

/** The two modules differ in little: one is kept as what is different in it. */
function bytesOf(numerics: Numerics): Uint8Array {
  const bytes = bytesOfText(exact);
  return numerics === "exact" ? bytes : applyDelta(bytes, bytesOfText(fastDelta));
}

function compile(numerics: Numerics, shared: boolean): WasmModule | undefined {
  const api = webAssembly();
  if (api === undefined) return undefined;
  const bytes = bytesOf(numerics);
  if (numerics === "fast" && shared && moduleFor("fast") === undefined) return undefined;
  try {
    const module = new api.Module(shared ? shareable(bytes) : bytes);
    if (numerics === "exact" || shared) return module;
    const memory = new api.Memory(LEAST);
    return fuses(instantiate(module, memory), memory) ? module : undefined;
  } catch {
    return undefined; // no such instructions, or a place that forbids compiling: the portable kernels do the work
  }
}

/** How products are computed now. */
export function numerics(): Numerics {
  engine.wanted ??= moduleFor("fast") === undefined ? "exact" : "fast";
  return engine.wanted;
}

/** Whether there are kernels for memory that threads share: a module that was brought along is for other memory. */
export const hasSharedKernels = (): boolean => engine.given === undefined;

/** Grows by one with each change. */
export const engineVersion = (): number => engine.version;

/** @throws ChainruleError for anything but the two, and for one that this place does not have */
export function chooseNumerics(wanted: Numerics): void {
  if (wanted !== "fast" && wanted !== "exact") fail("setNumerics", '"fast" or "exact"', describe(wanted));
  const alone = engine.given !== undefined && engine.given.numerics !== wanted;
  if (alone || (wanted === "fast" && moduleFor("fast") === undefined)) {
    const has = `${alone ? "a given module with" : "an engine with"} ${numerics()} arithmetic only`;
    const advice = "Fast needs relaxed SIMD that fuses: Node 22 or newer, Deno, a current browser.";
    fail("setNumerics", `arithmetic that this place has`, `"${wanted}" on ${has}`, advice);
  }
  if (numerics() === wanted) return;
  engine.wanted = wanted;
  engine.version++;
}

/** Takes compiled modules instead of compiling any. @throws ChainruleError unless they are this library's */
export function useModules(module: WasmModule, catalogue: Catalogue): void {
  const api = webAssembly();
  let exports: Partial<Exports> = {};
  let isFast = false;
  try {
    const memory = api && new api.Memory(LEAST);
    if (memory !== undefined) {
      exports = instantiate(module, memory);
      isFast = exports.fused?.value === 1 && fuses(exports as Exports, memory);
    }
  } catch {
    // said below
  }
  if (exports.fused === undefined || exports.product === undefined) {
    const advice = "Compile chainrule/wasm/exact.wasm or chainrule/wasm/fast.wasm.";
    fail("init", "`module` to be a compiled module of this library", describe(module), advice);
  }
  for (const [name, one] of Object.entries(catalogue)) expectModule(name, one);
  engine.given = { module, numerics: isFast ? "fast" : "exact", catalogue };
  engine.wanted = engine.given.numerics;
  engine.version++;
}

/** @throws ChainruleError unless it is the module of this name, by which each knows itself */
function expectModule(name: string, module: WasmModule): void {
  const api = webAssembly();
  try {
    if (api !== undefined && name in instantiate<object>(module, new api.Memory(LEAST))) return;
  } catch {
    // said below
  }
  fail("init", `\`catalogue.${name}\` to be chainrule/wasm/${name}.wasm, compiled`, describe(module));
}
