/** What the page's listener has been told of a process's output: a worker's side of it. */
export class HeardOutput {
  #all: Promise<unknown> = Promise.resolve();

  /**
   * Tells the listener. Across threads that is a call that the page answers. Resolves, too, where it fails: a page that
   * is gone holds nothing up.
   */
  emit(listener: (bytes: Uint8Array) => unknown, bytes: Uint8Array): Promise<void> {
    const heard = Promise.resolve(listener(bytes)).then(
      () => {},
      () => {},
    );
    this.#all = Promise.all([this.#all, heard]);
    return heard;
  }

  /**
   * A process's end, once all of its output has been heard: they cross to the page on lines of their own, and one may
   * overtake the other (HTML, "message ports": each has a queue).
   */
  async before<End>(end: Promise<End>): Promise<End> {
    const how = await end;
    await this.#all;
    return how;
  }
}
