import { layers } from "../generated/texts/layers.js";
import { catalogueModule } from "./module.js";

/** What src/kernels/assembly/catalogue/layers-module.ts exports. Places are in bytes; 0 stands for what there is not. */
interface LayerExports {
  normalizeRows(
    x: number,
    weight: number,
    bias: number,
    xHat: number,
    y: number,
    inverses: number,
    rows: number,
    cols: number,
    epsilon: number,
    isCentred: boolean,
  ): void;
  normalizedRowsGradient(
    dy: number,
    xHat: number,
    weight: number,
    dWeight: number,
    dBias: number,
    dx: number,
    inverses: number,
    rows: number,
    cols: number,
    isCentred: boolean,
  ): void;
  columnMoments(x: number, means: number, squares: number, rows: number, cols: number): void;
  normalizeColumns(
    x: number,
    weight: number,
    bias: number,
    means: number,
    inverses: number,
    xHat: number,
    y: number,
    rows: number,
    cols: number,
  ): void;
  normalizedColumnsGradient(
    dy: number,
    xHat: number,
    weight: number,
    dWeight: number,
    dBias: number,
    inverses: number,
    sums: number,
    dots: number,
    dx: number,
    rows: number,
    cols: number,
    isOfBatch: boolean,
  ): void;
  logSoftmaxSums(x: number, y: number, totals: number, rows: number, cols: number): void;
  subtractFromRows(logs: number, y: number, rows: number, cols: number): void;
  logSoftmaxGradient(y: number, dy: number, dx: number, rows: number, cols: number): void;
  prelu(x: number, slopes: number, isOne: boolean, y: number, rows: number, cols: number): void;
  preluGradient(
    x: number,
    slopes: number,
    isOne: boolean,
    dy: number,
    dx: number,
    products: number,
    rows: number,
    cols: number,
  ): void;
  preluSlopeGradient(x: number, slope: number, dy: number, dx: number, length: number): number;
  addToRows(index: number, dy: number, rows: number, count: number, cols: number): void;
  gate(isSwish: boolean, x: number, y: number, groups: number, width: number): void;
  gateGradient(isSwish: boolean, x: number, dy: number, dx: number, groups: number, width: number): void;
}

/** The kernels of the layers on the memory where these numbers are; nothing where they are in an ordinary array. */
export const layersFor = /* @__PURE__ */ catalogueModule<LayerExports>("layers", layers);
