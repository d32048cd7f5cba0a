export const catalogue: readonly "curves"[];
export const root: string;
export function compileKernels(
  kind: "exact" | "fast" | "curves",
  more?: readonly string[],
): Promise<Uint8Array<ArrayBuffer>>;
