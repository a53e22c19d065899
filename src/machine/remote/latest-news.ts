/**
 * News that are told one at a time: what comes while the last ones are still under way is joined and told in one piece.
 *
 * However fast a process changes something, the page is told no faster than it takes it.
 */
export class LatestNews<T> {
  #next: T | undefined;
  #telling: Promise<void> | undefined;

  /**
   * `tell` resolves when the news have been taken; what it rejects with says that nobody is there, and is no matter.
   * `join`: both, as one.
   */
  constructor(
    private readonly tell: (news: T) => Promise<unknown>,
    private readonly join: (earlier: T, later: T) => T,
  ) {}

  /** Tells the news, or what takes their place. */
  add(news: T): void {
    this.#next = this.#next === undefined ? news : this.join(this.#next, news);
    this.#telling ??= this.#tellAll();
  }

  /** Resolves when everything added so far has been taken. */
  async taken(): Promise<void> {
    await this.#telling;
  }

  async #tellAll(): Promise<void> {
    for (let news = this.#next; news !== undefined; news = this.#next) {
      this.#next = undefined;
      await this.tell(news).then(ignore, ignore);
    }
    this.#telling = undefined;
  }
}

/** A page that is gone holds nothing up. */
function ignore(): void {}
