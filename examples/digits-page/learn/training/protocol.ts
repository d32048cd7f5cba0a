import type { PlaneSettings } from "../../playground/data/plane.js";
import type { Settings } from "./settings.js";

/** What is to be learned. */
export type TaskSettings =
  | {
      readonly kind: "digits";
      /** The address of the page, from where the digits are. */
      readonly base: string;
      /** Whether each digit is shifted, turned and scaled a little, anew in every pass. */
      readonly vary: boolean;
    }
  | ({ readonly kind: "plane" } & PlaneSettings);

/** What the page asks of the worker. */
export type Command =
  /** Makes a network anew; reports carry `run` until the next. */
  | { readonly kind: "build"; readonly run: number; readonly settings: Settings; readonly task: TaskSettings }
  | { readonly kind: "start" }
  | { readonly kind: "pause" }
  /** Looks at the next example, or goes on to the end of the step. */
  | { readonly kind: "step"; readonly by: "example" | "update" }
  | { readonly kind: "rate"; readonly learningRate: number }
  /** Not faster than this; 0 for as fast as can be. */
  | { readonly kind: "pace"; readonly examplesPerSecond: number }
  /** Asks for the model, as bytes. */
  | { readonly kind: "model" };

/** How far a run is. */
export interface Counts {
  /** Steps of gradient descent: so often the weights were changed. */
  readonly steps: number;
  /** Examples whose gradients went into them. */
  readonly seen: number;
  /** Time in training alone: no pause, no measuring, no drawing. */
  readonly seconds: number;
}

/** What was measured after so many steps. */
export interface Point extends Counts {
  /** On examples that are learned from. */
  readonly trainLoss: number;
  readonly trainAccuracy: number;
  /** On examples that are only measured on. */
  readonly loss: number;
  readonly accuracy: number;
}

/** An example that was looked at by itself. */
export interface Looked {
  /** Its place among those to learn from. */
  readonly place: number;
  readonly x: Float32Array;
  readonly label: number;
  /** The probabilities of the classes before the step, or the one of the second class of two. */
  readonly before: Float32Array;
  /** The same after it, where the example completed a step. */
  readonly after?: Float32Array;
  readonly loss: number;
  /** It is number `gathered` of the `of` that the step looks at. */
  readonly gathered: number;
  readonly of: number;
}

/** What can be drawn of a network. */
export type Picture =
  /** The first layer's weights, unit after unit: `units` of `pixels` each. */
  | {
      readonly kind: "weights";
      readonly units: number;
      readonly pixels: number;
      readonly weights: Float32Array;
    }
  /** A network of the plane: what each unit makes of each place of a grid, the answer finer, and all weights. */
  | {
      readonly kind: "plane";
      readonly side: number;
      readonly answer: Float32Array;
      readonly unitSide: number;
      readonly layers: readonly Float32Array[];
      readonly weights: readonly Float32Array[];
    };

/** What the worker tells the page: at most ten a second while it trains. */
export type Report =
  | { readonly kind: "built"; readonly run: number; readonly parameters: number; readonly examples: number }
  | {
      readonly kind: "progress";
      readonly run: number;
      /** Examples a second since the report before, by the clock; nothing while it does not train. */
      readonly speed?: number;
      readonly point: Point;
      readonly picture?: Picture;
      readonly looked?: Looked;
    }
  | { readonly kind: "model"; readonly run: number; readonly bytes: Uint8Array }
  | { readonly kind: "failed"; readonly run: number; readonly message: string };
