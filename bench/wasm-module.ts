/** What is used of WebAssembly, which the types of Node know by name only. */
interface Engine {
  validate(bytes: Uint8Array): boolean;
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object) => { exports: { loop(rounds: number): number } };
}
export const engine = (globalThis as unknown as { WebAssembly: Engine }).WebAssembly;

/** Accumulators: enough to hide the latency of a multiply-add, few enough to stay in registers. */
const ACCUMULATORS = 13;

/** Floating-point operations in one round of the loop. */
export const OPERATIONS = ACCUMULATORS * 4 * 2;

const simd = (code: number) => [0xfd, ...leb(code)];
const f32x4 = { splat: simd(0x13), add: simd(0xe4), mul: simd(0xe6), firstLane: [...simd(0x1f), 0] };
const relaxedMultiplyAdd = simd(0x105);
const [get, set] = [0x20, 0x21];
const [v128, i32, f32] = [0x7b, 0x7f, 0x7d];

/**
 * A WebAssembly module by hand: `loop(n)` does a = a·x + y, n times for each accumulator a, fused or in two
 * operations. With |x| < 1 the numbers converge, so that they neither overflow nor become subnormal.
 */
export function loopModule(fused: boolean): Uint8Array<ArrayBuffer> {
  const [x, y] = [1 + ACCUMULATORS, 2 + ACCUMULATORS]; // locals: n, the accumulators, x, y
  const accumulators = Array.from({ length: ACCUMULATORS }, (_, i) => 1 + i);
  const step = accumulators.flatMap((a) =>
    fused
      ? [get, a, get, x, get, y, ...relaxedMultiplyAdd, set, a]
      : [get, a, get, x, ...f32x4.mul, get, y, ...f32x4.add, set, a],
  );
  const constant = (value: number) => [0x43, ...new Uint8Array(new Float32Array([value]).buffer)];
  const code = [
    ...[constant(0.5), f32x4.splat, set, x].flat(),
    ...[constant(0.25), f32x4.splat, set, y].flat(),
    ...accumulators.flatMap((a) => [...constant(a), ...f32x4.splat, set, a]),
    ...[0x03, 0x40], // loop
    ...step,
    ...[get, 0, 0x41, 1, 0x6b, 0x22, 0], // n = n − 1
    ...[0x0d, 0, 0x0b], // again unless it is 0
    ...accumulators.flatMap((a, i) => [get, a, ...(i > 0 ? f32x4.add : [])]),
    ...f32x4.firstLane,
    0x0b,
  ];
  const body = [1, ...leb(ACCUMULATORS + 2), v128, ...code];
  const section = (id: number, bytes: readonly number[]) => [id, ...leb(bytes.length), ...bytes];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0], // magic, version
    ...section(1, [1, 0x60, 1, i32, 1, f32]), // one type: i32 → f32
    ...section(3, [1, 0]), // one function
    ...section(7, [1, 4, ...Buffer.from("loop"), 0, 0]), // exported
    ...section(10, [1, ...leb(body.length), ...body]),
  ]);
}

/** An unsigned number, seven bits a byte. */
function leb(n: number): readonly number[] {
  return n < 0x80 ? [n] : [(n & 0x7f) | 0x80, ...leb(n >>> 7)];
}
