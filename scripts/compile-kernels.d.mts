export const catalogue: readonly ("curves" | "layers")[];
export const root: string;
export function compileKernels(
  kind: "exact" | "fast" | "curves" | "layers",
  more?: readonly string[],
): Promise<Uint8Array<ArrayBuffer>>;
