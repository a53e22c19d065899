/** How a page's script leaves the page. */
export interface LocationMoves {
  /** To another page; in the place of this one in the history if `replace`. */
  navigate(url: string, replace: boolean): void;
  reload(): void;
  /** Within the page: only what stands after # changes. */
  moveWithin(url: string): void;
}

/** What a page in the pane has for `location`: the page's address, where the frame's own would be `about:srcdoc`. */
export class PaneLocation {
  #url: URL;
  readonly #moves: LocationMoves;

  constructor(url: string, moves: LocationMoves) {
    this.#url = new URL(url);
    this.#moves = moves;
  }

  get href(): string {
    return this.#url.href;
  }
  set href(address: string) {
    this.#go(address, false);
  }
  assign(address: string): void {
    this.#go(address, false);
  }
  replace(address: string): void {
    this.#go(address, true);
  }
  reload(): void {
    this.#moves.reload();
  }
  toString(): string {
    return this.href;
  }

  get origin(): string {
    return this.#url.origin;
  }
  get protocol(): string {
    return this.#url.protocol;
  }
  set protocol(value: string) {
    this.#change("protocol", value);
  }
  get host(): string {
    return this.#url.host;
  }
  set host(value: string) {
    this.#change("host", value);
  }
  get hostname(): string {
    return this.#url.hostname;
  }
  set hostname(value: string) {
    this.#change("hostname", value);
  }
  get port(): string {
    return this.#url.port;
  }
  set port(value: string) {
    this.#change("port", value);
  }
  get pathname(): string {
    return this.#url.pathname;
  }
  set pathname(value: string) {
    this.#change("pathname", value);
  }
  get search(): string {
    return this.#url.search;
  }
  set search(value: string) {
    this.#change("search", value);
  }
  get hash(): string {
    return this.#url.hash;
  }
  set hash(value: string) {
    this.#change("hash", value);
  }

  /** `history.pushState` has given the page another address. */
  moved(url: string): void {
    this.#url = new URL(url);
  }

  #change(part: "protocol" | "host" | "hostname" | "port" | "pathname" | "search" | "hash", value: string): void {
    const url = new URL(this.#url);
    url[part] = String(value);
    this.#go(url.href, false);
  }

  /** Throws SyntaxError, as a browser does, for what is no address. */
  #go(address: string, replace: boolean): void {
    const url = URL.parse(String(address), document.baseURI);
    if (url === null) throw new DOMException(`'${address}' is not a valid URL.`, "SyntaxError");
    const [here] = this.#url.href.split("#");
    const [there] = url.href.split("#");
    if (there === here && url.hash !== "") {
      this.#url = url;
      this.#moves.moveWithin(url.href);
    } else this.#moves.navigate(url.href, replace);
  }
}
