/** The numbers of a matrix, row after row. */
export type Floats = Float32Array | Float64Array;

/** How wide a number is: 32 bits for work, 64 bits to prove the mathematics. */
export type DType = "float32" | "float64";

/** A run of numbers, and where it lives. Hold the Storage, not its `data`: a memory that grows makes new views. */
export interface Storage {
  /** How wide the numbers are. */
  readonly dtype: DType;

  /** How many numbers. */
  readonly length: number;

  /** The numbers. */
  readonly data: Floats;
  /** The model's memory that the numbers are in; none for an ordinary array. */
  readonly memory?: object | undefined;
  /** Where in that memory the first number stands, in bytes. */
  readonly address?: number | undefined;
  /** The `length` numbers from `start` on, in the same place. */
  part(start: number, length: number): Storage;
  /** Forgets the view that `data` gave: it may not be wanted again for long. */
  forgetView?(): void;
  /** Gives the memory back; nobody may use the numbers any more, nor a part of them. */
  release?(): void;
}

/** A matrix as kernels see it: its size and its row-major numbers. */
export interface Block {
  readonly rows: number;
  readonly cols: number;
  readonly data: Floats;
  /** Where the numbers are, for kernels that have a memory of their own. */
  readonly storage?: Storage;
}

/** An elementwise function y = f(x) beside its derivative f′, which may use x, y = f(x), or both. */
export interface Curve {
  f(x: number, parameter: number): number;
  df(x: number, y: number, parameter: number): number;
  /** The same over whole matrices, where there is a faster way. f′ is worth keeping then: it costs little beside f. */
  readonly whole?: WholeCurve;
}

/**
 * y = f(x) and dx = f′(x), times dy where that is given; what is not wanted is left out. Returns whether it was done: it is
 * not where the numbers are in ordinary arrays.
 */
export type WholeCurve = (
  x: Block,
  y: Block | undefined,
  dy: Block | undefined,
  dx: Block | undefined,
  parameter: number,
) => boolean;

/** The numbers of one Adam step, the same for every parameter. */
export interface AdamStep {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** η / (1 − β₁ᵗ) */
  readonly rate: number;
  /** √(1 − β₂ᵗ) */
  readonly root: number;
}

/**
 * The loops under everything: one equation each, on matrices of one width of number.
 *
 * Where a kernel writes y, y may be one of its operands only if the kernel is elementwise. In float32 every single
 * operation is rounded, and sums run in ascending order from what y held (or +0): a fast set gives the same bits.
 */
export interface Kernels {
  /** What `kernels()` calls them. */
  readonly name: string;

  /** How wide their numbers are. */
  readonly dtype: DType;

  /** `length` zeros in the memory of these kernels. */
  allocate(length: number): Storage;
  /** Called where a model begins a pass: nobody holds a view, so that numbers may move to where threads reach them. */
  beginPass(): void;

  /** y = s */
  fill(y: Block, s: number): void;
  /** y = x */
  copy(x: Block, y: Block): void;
  /** y_r = x_{index_(start + r)}, one row of x for each row of y */
  gather(x: Block, index: ArrayLike<number>, start: number, y: Block): void;
  /** y = xᵀ */
  transpose(x: Block, y: Block): void;

  /** y = a + b; b is as large as a, one row [1 × cols], or a number (so too below) */
  add(a: Block, b: Block | number, y: Block): void;
  /** y = a − b */
  subtract(a: Block, b: Block | number, y: Block): void;
  /** y = a ∘ b, element by element */
  multiply(a: Block, b: Block | number, y: Block): void;
  /** y = a / b, element by element */
  divide(a: Block, b: Block | number, y: Block): void;
  /** y += s·x */
  addScaled(x: Block, s: number, y: Block): void;

  /** y = a·b, or y += a·b; [m × k]·[k × n] */
  product(a: Block, b: Block, y: Block, accumulate?: boolean): void;
  /** y = aᵀ·b, or y += aᵀ·b; [k × m]ᵀ·[k × n] */
  transposedProduct(a: Block, b: Block, y: Block, accumulate?: boolean): void;
  /** y = a·bᵀ, or y += a·bᵀ; [m × k]·[n × k]ᵀ */
  productTransposed(a: Block, b: Block, y: Block, accumulate?: boolean): void;

  /** y_c = Σ_r x_rc, or y_c += Σ_r x_rc; y is [1 × cols] */
  columnSums(x: Block, y: Block, accumulate?: boolean): void;
  /** y_r = Σ_c x_rc; y is [rows × 1] */
  rowSums(x: Block, y: Block): void;
  /** Σ x, added up in float64 whatever the width */
  sum(x: Block): number;
  /** Whether no number is NaN, Infinity or −Infinity */
  allFinite(x: Block): boolean;

  /** y = f(x), and slope = f′(x, y) where that is wanted */
  map(curve: Curve, x: Block, y: Block, parameter?: number, slope?: Block): void;
  /** dx = dy ∘ f′(x, y) */
  mapGradient(curve: Curve, x: Block, y: Block, dy: Block, dx: Block, parameter?: number): void;
  /** y_rc = e^(x_rc − max x_r) / Σ_j e^(x_rj − max x_r) */
  softmax(x: Block, y: Block): void;
  /** dx = y ∘ (dy − Σ_c dy ∘ y) */
  softmaxGradient(y: Block, dy: Block, dx: Block): void;

  /** w += s·(g / divisor) */
  descend(g: Block, divisor: number, s: number, w: Block): void;
  /** w += s·(xᵀ·dy / divisor): the same with a gradient that is formed on the way, and the same bits */
  descendProduct(x: Block, dy: Block, divisor: number, s: number, w: Block): void;
  /** v = μ·v + g */
  momentum(g: Block, mu: number, v: Block): void;
  /**
   * m = β₁·m + (1 − β₁)·g;  v = β₂·v + (1 − β₂)·g²;  w −= rate · m / (√v / root + ε). With a `largest`,
   * largest = max(largest, v) stands in the place of v.
   */
  adam(g: Block, m: Block, v: Block, w: Block, step: AdamStep, largest?: Block): void;
}
