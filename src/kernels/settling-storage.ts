import type { DType, Floats, Storage } from "./kernels.js";

/** Numbers that may not be there yet: whoever looks at them, or at where they stand, has them computed first. */
export class SettlingStorage implements Storage {
  constructor(
    private readonly inner: Storage,
    private readonly settle: () => void,
  ) {}

  get dtype(): DType {
    return this.inner.dtype;
  }

  get length(): number {
    return this.inner.length;
  }

  get memory(): object | undefined {
    return this.inner.memory;
  }

  get data(): Floats {
    this.settle();
    return this.inner.data;
  }

  get address(): number | undefined {
    this.settle();
    return this.inner.address;
  }

  part(start: number, length: number): Storage {
    return new SettlingStorage(this.inner.part(start, length), this.settle);
  }
}
