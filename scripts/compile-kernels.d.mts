export const catalogue: readonly ("curves" | "layers" | "masks" | "noise" | "steps")[];
export const root: string;
export function compileKernels(
  kind: "exact" | "fast" | "curves" | "layers" | "masks" | "noise" | "steps",
  more?: readonly string[],
): Promise<Uint8Array<ArrayBuffer>>;
