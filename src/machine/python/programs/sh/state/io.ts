import type { Fd } from "../../../kernel/protocol.ts";

/**
 * Where a command's descriptors lead: the shell's own numbers, by the command's.
 *
 * What is redirected for a command alone is a table over the one around it. `exec` changes a descriptor in this table,
 * and in those around it as far as they do not redirect it themselves.
 */
export class Io {
  readonly #own = new Map<number, Fd | "closed">();

  private constructor(private readonly outer: Io | undefined) {}

  /** Descriptors as a process begins with them. */
  static of(fds: readonly Fd[]): Io {
    const io = new Io(undefined);
    for (const fd of fds) io.#own.set(fd, fd);
    return io;
  }

  get(fd: number): Fd | undefined {
    const own = this.#own.get(fd);
    if (own !== undefined) return own === "closed" ? undefined : own;
    return this.outer?.get(fd);
  }

  /** A table over this one. */
  over(): Io {
    return new Io(this);
  }

  /** A table of its own with the same in it. */
  copy(): Io {
    const copy = new Io(undefined);
    for (const [fd, target] of this.all()) copy.#own.set(fd, target);
    return copy;
  }

  /** Redirects, in this table alone. */
  set(fd: number, target: Fd | undefined): void {
    this.#own.set(fd, target ?? "closed");
  }

  /** Redirects for good. */
  exec(fd: number, target: Fd | undefined): void {
    if (this.outer === undefined) {
      if (target === undefined) this.#own.delete(fd);
      else this.#own.set(fd, target);
      return;
    }
    if (this.#own.has(fd)) this.set(fd, target);
    else this.outer.exec(fd, target);
  }

  /** All that lead somewhere, by the command's numbers. */
  all(): ReadonlyMap<number, Fd> {
    const all = new Map(this.outer?.all() ?? []);
    for (const [fd, target] of this.#own) {
      if (target === "closed") all.delete(fd);
      else all.set(fd, target);
    }
    return all;
  }

  /** Whether anything in this table or in one around it leads there. */
  leadsTo(target: Fd): boolean {
    for (const own of this.#own.values()) if (own === target) return true;
    return this.outer?.leadsTo(target) ?? false;
  }
}
