import type { PyodideInterface } from "pyodide";

/** CPython's switch interval: how long a thread may compute before others get their turn, in milliseconds. */
const switchInterval = 5;
/** The clock is read at every so many checks only: reading it costs more than a check. */
const checksPerLook = 16;
/** SIGPWR, which nobody uses here; `posix/_signal.py` has its handler. */
const tickSignal = 30;

/**
 * Makes a busy thread yield, as CPython's GIL does.
 *
 * CPython looks into Pyodide's interrupt buffer every few instructions and runs the Python handler of the signal that
 * it finds. The buffer here is no memory but a getter that looks at the clock.
 */
export class Interrupts {
  #checks = 0;
  #turnBegan = performance.now();

  constructor(
    /** Called now and then while a thread computes: what must not wait for the end of its turn. */
    private readonly meanwhile: () => void,
  ) {}

  install(pyodide: PyodideInterface): void {
    const look = () => this.#look();
    const buffer = new (class {
      get 0(): number {
        return look();
      }
      set 0(_cleared: number) {
        // CPython clears the signal that it has taken; the getter does that itself.
      }
    })();
    // The published type asks for a typed array; Pyodide reads and writes index 0 only.
    Reflect.apply(pyodide.setInterruptBuffer, pyodide, [buffer]);
  }

  /** A thread begins a turn. */
  turnBegins(): void {
    this.#turnBegan = performance.now();
  }

  #look(): number {
    this.#checks += 1;
    if (this.#checks % checksPerLook !== 0) return 0;
    if (performance.now() - this.#turnBegan < switchInterval) return 0;
    this.#turnBegan = performance.now();
    this.meanwhile();
    return tickSignal;
  }
}
