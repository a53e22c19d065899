/** The trace of system calls in a failed test's report. */
import type { Page, TestInfo } from "@playwright/test";

/** Lines that are kept: the last of them say what led to the failure. */
const mostLines = 5000;

/**
 * Whether machines are traced: where `STRACE=1` asks for it. It costs what strace costs, so that figures of such a run
 * mean nothing.
 */
const traced = process.env["STRACE"] === "1";

/** The address of a page whose machine is traced, if that is wanted. */
export function traceable(address: string): string {
  return traced ? `${address}?strace=1` : address;
}

/** Keeps what the machine in a page traces. */
export class SystemCallTrace {
  #lines: string[] = [];

  constructor(page: Page) {
    if (!traced) return;
    page.on("console", (message) => {
      if (message.type() !== "debug") return;
      this.#lines.push(message.text());
      if (this.#lines.length > 2 * mostLines) this.#lines = this.#lines.slice(-mostLines);
    });
  }

  /** A new test begins. */
  forget(): void {
    this.#lines = [];
  }

  /** Puts the trace into the report of a test that has failed. */
  async attachTo(test: TestInfo): Promise<void> {
    if (this.#lines.length === 0 || test.status === test.expectedStatus) return;
    const body = `${this.#lines.slice(-mostLines).join("\n")}\n`;
    await test.attach("system-calls.txt", { body, contentType: "text/plain" });
  }
}
