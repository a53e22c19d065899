import type { Clock } from "../load/clock.ts";
import {
  type Connection,
  ConnectionError,
  type HttpRequest,
  type HttpResponse,
  type Port,
} from "../machine/machine.ts";
import { exchange } from "./exchange.ts";

/** Opens a byte stream to a port. Rejects with `ConnectionError`. */
export type Connect = (port: Port) => Promise<Connection>;

/** A client that asks now and then, each time over a connection of its own: what `Host.request` stands on. */
export class HttpClient {
  readonly #connect: Connect;
  readonly #clock: Pick<Clock, "after">;

  constructor(connect: Connect, clock: Pick<Clock, "after">) {
    this.#connect = connect;
    this.#clock = clock;
  }

  /**
   * Sends a request and reads the answer to its end. Rejects with `ConnectionError` (refused, reset, or timed out after
   * `request.timeout`) or with `HttpError`.
   */
  async request(port: Port, request: HttpRequest): Promise<HttpResponse> {
    let over = false;
    let connection: Connection | undefined;
    const answer = async () => {
      connection = await this.#connect(port);
      if (over) throw new ConnectionError("timed out", port);
      return (await exchange(connection, request, { host: `localhost:${port}` })).response;
    };
    const answered = answer().finally(() => connection?.close());
    if (request.timeout === undefined) return answered;

    const timeOut = Promise.withResolvers<never>();
    const cancel = this.#clock.after(request.timeout, () => timeOut.reject(new ConnectionError("timed out", port)));
    try {
      return await Promise.race([answered, timeOut.promise]);
    } finally {
      over = true;
      cancel();
      connection?.close();
    }
  }
}
