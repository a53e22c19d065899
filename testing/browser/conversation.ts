/** One client's talk with a server, byte by byte; the same natively and in the page. */
import type { Connection } from "../../src/machine/machine.ts";

/** What the client does next. */
export type Part =
  /** Sends a text, or many times the same. */
  | { readonly send: string; readonly times?: number }
  /** Reads until the server has sent this. */
  | { readonly until: string }
  /** Sends no more, and still reads. */
  | { readonly end: true }
  /** Does nothing for a while, in milliseconds. */
  | { readonly pause: number }
  /** Closes the connection, whatever is still under way, and hears no more. */
  | { readonly leave: true };

/** What the server sent, one character a byte, and how it ended. */
export interface Said {
  readonly text: string;
  /**
   * The server closed; the connection broke; neither for a while, and the client has closed; the client left before.
   */
  readonly ending: "closed" | "reset" | "open" | "left";
}

/** How long a client listens to silence, in milliseconds. */
const patience = 3000;

/** What is sent many times goes in pieces of about so many bytes. */
const pieceSize = 256 * 1024;

/** Plays the client. */
export async function converse(connection: Connection, parts: readonly Part[]): Promise<Said> {
  let text = "";
  let ending: Said["ending"] | undefined;
  let news = Promise.withResolvers<void>();
  const tell = () => {
    news.resolve();
    news = Promise.withResolvers();
  };
  const listen = async () => {
    try {
      for (let bytes = await connection.read(); bytes !== null; bytes = await connection.read()) {
        for (const byte of bytes) text += String.fromCharCode(byte);
        tell();
      }
      ending = "closed";
    } catch {
      ending = "reset";
    }
    tell();
  };
  const silence = async (enough: () => boolean) => {
    while (!enough() && ending === undefined) {
      const before = text.length;
      await Promise.race([news.promise, pause(patience)]);
      if (text.length === before) return;
    }
  };
  void listen();
  for (const part of parts) {
    if ("send" in part) {
      // A server that has had enough closes while we write: what it said is what counts.
      await sendAll(connection, part.send, part.times ?? 1).catch(() => {});
    } else if ("until" in part) await silence(() => text.includes(part.until));
    else if ("pause" in part) await pause(part.pause);
    else if ("end" in part) connection.end();
    else {
      connection.close();
      // How much had come by then is chance.
      return { text: "", ending: "left" };
    }
  }
  await silence(() => false);
  connection.close();
  return { text, ending: ending ?? "open" };
}

async function sendAll(connection: Connection, text: string, times: number): Promise<void> {
  const once = bytesOf(text);
  const atOnce = Math.min(times, Math.max(1, Math.floor(pieceSize / text.length)));
  const piece = new Uint8Array(once.length * atOnce);
  for (let at = 0; at < piece.length; at += once.length) piece.set(once, at);
  for (let left = times; left > 0; left -= atOnce) {
    // What is written is given away.
    await connection.write(piece.slice(0, once.length * Math.min(left, atOnce)));
  }
}

function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
