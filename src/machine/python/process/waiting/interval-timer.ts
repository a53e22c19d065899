/** `setitimer(ITIMER_REAL)`: calls `fire` after a while, and again. Times in milliseconds. */
export class IntervalTimer {
  #due = 0;
  #handle: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly fire: () => void) {}

  /** Milliseconds until it fires; 0 when it is not set. */
  get left(): number {
    return Math.max(0, this.#due - performance.now());
  }

  /** Sets it; 0 takes it back. Returns what was left. */
  set(milliseconds: number, interval: number): number {
    const { left } = this;
    clearTimeout(this.#handle);
    this.#due = 0;
    if (milliseconds > 0) this.#arm(milliseconds, interval);
    return left;
  }

  #arm(milliseconds: number, interval: number): void {
    this.#due = performance.now() + milliseconds;
    this.#handle = setTimeout(() => {
      this.#due = 0;
      this.fire();
      if (interval > 0) this.#arm(interval, interval);
    }, milliseconds);
  }
}
