/** How fast an epoch goes: the rows that were trained on, by the time since it began. */
export class Speed {
  private began = performance.now();
  private before = 0; // rows that were trained on in an earlier process
  private isFirst = true;
  private seconds = 0;
  private rows = 0;

  /** Batch number `batch` is done, and with it `rows` rows of the epoch. */
  add(batch: number, rows: number): void {
    const now = performance.now();
    // An epoch that was resumed in its midst: how long this batch took, and how large it was, is not known.
    if (this.isFirst && batch > 0) [this.began, this.before] = [now, rows];
    this.isFirst = false;
    this.seconds = (now - this.began) / 1000;
    this.rows = rows - this.before;
  }

  /** Examples a second, once there are some. */
  get perSecond(): number | undefined {
    return this.rows > 0 && this.seconds > 0 ? this.rows / this.seconds : undefined;
  }
}
