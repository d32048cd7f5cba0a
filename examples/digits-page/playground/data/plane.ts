/** The plane is −1 … 1 in both directions, and some room for noise. */
export const EXTENT = 1.1;

export type Shape = "circles" | "xor" | "moons" | "spiral";

export const shapes: readonly { readonly name: Shape; readonly label: string }[] = [
  { name: "circles", label: "Circles" },
  { name: "xor", label: "XOR" },
  { name: "moons", label: "Moons" },
  { name: "spiral", label: "Spiral" },
];

export type FeatureName = "x" | "y" | "xx" | "yy" | "xy" | "sinx" | "siny";

/** What a network of the plane can be given of a place. */
export const features: readonly {
  readonly name: FeatureName;
  readonly label: string;
  readonly of: (x: number, y: number) => number;
}[] = [
  { name: "x", label: "x", of: (x) => x },
  { name: "y", label: "y", of: (_, y) => y },
  { name: "xx", label: "x²", of: (x) => x * x },
  { name: "yy", label: "y²", of: (_, y) => y * y },
  { name: "xy", label: "xy", of: (x, y) => x * y },
  { name: "sinx", label: "sin πx", of: (x) => Math.sin(Math.PI * x) },
  { name: "siny", label: "sin πy", of: (_, y) => Math.sin(Math.PI * y) },
];

/** Points of two classes, and what a network is told of them. */
export interface PlaneSettings {
  readonly shape: Shape;
  /** From 0 to 1. */
  readonly noise: number;
  /** Which points. */
  readonly pointSeed: number;
  readonly features: readonly FeatureName[];
}

/** Points of the plane. */
export interface Points {
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** 1 for blue, 0 for orange. */
  readonly labels: Uint8Array;
}
