export const catalogue: readonly ("curves" | "layers" | "steps")[];
export const root: string;
export function compileKernels(
  kind: "exact" | "fast" | "curves" | "layers" | "steps",
  more?: readonly string[],
): Promise<Uint8Array<ArrayBuffer>>;
