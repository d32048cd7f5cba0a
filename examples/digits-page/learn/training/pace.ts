/** Keeps to so many examples a second, where a network that learns in a blink could not be watched. */
export class Pace {
  private began = 0;
  private seen = 0;
  private limit = 0;

  /** A pace from now on; 0 for as fast as can be. */
  set(limit: number, seen: number): void {
    this.limit = limit;
    this.begin(seen);
  }

  /** Counts from here. */
  begin(seen: number): void {
    [this.began, this.seen] = [performance.now(), seen];
  }

  isAhead(seen: number): boolean {
    if (this.limit === 0) return false;
    return seen - this.seen > (this.limit * (performance.now() - this.began)) / 1000;
  }
}
