import { joinBytes } from "../../kernel/bytes.ts";
import { SyscallError } from "../../kernel/errno.ts";
import type { CurlOptions, FormField, ReadNamedFile } from "./curl-options.ts";

/** What a request carries, and how it is said to be. */
export interface RequestBody {
  readonly bytes: Uint8Array;
  /** Undefined for what `-T` sends: nobody says what it is. */
  readonly type: string | undefined;
  /** Its length is not said beforehand: it came from standard input. */
  readonly chunked?: boolean;
}

const encoder = new TextEncoder();

/** The body that the options ask for; undefined if none. Throws `SyscallError` for a file that cannot be read. */
export function bodyOf(options: CurlOptions, upload: string | undefined, read: ReadNamedFile): RequestBody | undefined {
  if (upload !== undefined) return { bytes: read(upload), type: undefined, chunked: upload === "-" };
  if (options.form.length > 0) return multipart(options.form, read);
  if (options.data.length === 0 || options.get) return undefined;
  return { bytes: joinedData(options), type: options.json ? undefined : "application/x-www-form-urlencoded" };
}

/** What `-d` was given, with `&` between. */
export function joinedData({ data, json }: CurlOptions): Uint8Array {
  const separator = encoder.encode(json ? "" : "&");
  return joinBytes(data.flatMap((piece, index) => (index === 0 ? [piece] : [separator, piece])));
}

function multipart(form: readonly FormField[], read: ReadNamedFile): RequestBody {
  const boundary = `------------------------${Array.from({ length: 22 }, () => Math.floor(Math.random() * 36).toString(36)).join("")}`;
  const pieces: Uint8Array[] = [];
  for (const field of form) {
    const fileName =
      field.kind === "file" ? (field.fileName ?? field.path.slice(field.path.lastIndexOf("/") + 1)) : undefined;
    const type = field.type ?? (field.kind === "file" ? typeOf(fileName ?? "") : undefined);
    const head = [
      `Content-Disposition: form-data; name="${quoted(field.name)}"${fileName === undefined ? "" : `; filename="${quoted(fileName)}"`}`,
      ...(type === undefined ? [] : [`Content-Type: ${type}`]),
    ];
    const content = field.kind === "text" ? encoder.encode(field.value) : read(field.path);
    pieces.push(encoder.encode(`--${boundary}\r\n${head.join("\r\n")}\r\n\r\n`), content, encoder.encode("\r\n"));
  }
  pieces.push(encoder.encode(`--${boundary}--\r\n`));
  return { bytes: joinBytes(pieces), type: `multipart/form-data; boundary=${boundary}` };
}

function quoted(text: string): string {
  return text.replace(/["\\]/g, "\\$&").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

/** What curl says of a file by its name. */
function typeOf(name: string): string {
  const types: Readonly<Record<string, string>> = {
    gif: "image/gif",
    jpg: "image/jpeg",
    jpeg: "image/jpeg",
    png: "image/png",
    svg: "image/svg+xml",
    txt: "text/plain",
    htm: "text/html",
    html: "text/html",
    pdf: "application/pdf",
    xml: "application/xml",
  };
  return types[name.slice(name.lastIndexOf(".") + 1).toLowerCase()] ?? "application/octet-stream";
}

/** Whether a file is what could not be read. */
export function isMissingFile(error: unknown): error is SyscallError {
  return error instanceof SyscallError && error.errno !== "EPIPE";
}
