import { Layer, type Matrix } from "chainrule";

/** Passes everything on, and remembers what training brought: for each call of forward, the first number of each row. */
export class Recorder extends Layer {
  static override readonly type = "Recorder";
  readonly seen: number[][] = [];

  forward(x: Matrix, training: boolean): Matrix {
    if (training) this.seen.push(Array.from({ length: x.rows }, (_, r) => x.at(r, 0)));
    return x;
  }

  backward(dy: Matrix): Matrix {
    return dy;
  }
}
