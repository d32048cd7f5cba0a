/** From one stop to the next takes so many seconds at speed 1. */
const SECONDS = 1.3;

/** The playhead of the animation: it runs to a stop, at a chosen speed, and tells who listens where it is. */
export class Clock {
  position = 0;
  speed = 1;
  private end = 0;
  private frame: number | undefined;
  private last = 0;
  private readonly still = matchMedia("(prefers-reduced-motion: reduce)");

  constructor(private readonly moved: (clock: Clock) => void) {}

  get isPlaying(): boolean {
    return this.frame !== undefined;
  }

  /** Runs to a stop ahead. */
  play(to: number): void {
    this.end = to;
    this.last = performance.now();
    if (this.frame === undefined && this.position < to) this.ask();
    this.moved(this);
  }

  pause(): void {
    if (this.frame !== undefined) cancelAnimationFrame(this.frame);
    this.frame = undefined;
    this.moved(this);
  }

  /** Jumps, and stays there. */
  seek(position: number): void {
    this.position = position;
    this.pause();
  }

  private ask(): void {
    this.frame = requestAnimationFrame((now) => this.tick(now));
  }

  private tick(now: number): void {
    this.frame = undefined;
    const passed = (this.speed * Math.max(0, now - this.last)) / 1000 / SECONDS;
    // Who wants no motion sees one stop after the other, for as long as it would have taken.
    if (!this.still.matches) this.position += passed;
    else if (passed >= 1) this.position = Math.floor(this.position) + 1;
    if (!this.still.matches || passed >= 1) this.last = now;
    if (this.position < this.end) this.ask();
    else this.position = this.end;
    this.moved(this);
  }
}
