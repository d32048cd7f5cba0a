export const root: string;
export function compileKernels(
  numerics: "exact" | "fast",
  more?: readonly string[],
): Promise<Uint8Array<ArrayBuffer>>;
