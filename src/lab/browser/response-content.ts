/** What an answer holds, as a browser sees it. */
import type { HttpResponse } from "../../machine/machine.ts";

/** The first header of that name. */
export function headerOf({ headers }: Pick<HttpResponse, "headers">, name: string): string | undefined {
  return headers.find(([each]) => each.toLowerCase() === name)?.[1];
}

/** Its media type, without parameters. */
export function contentTypeOf(response: HttpResponse): string {
  const [type = ""] = (headerOf(response, "content-type") ?? "text/html").split(";");
  return type.trim().toLowerCase();
}

/** Its body as text, in the encoding that it names. */
export function textOf(response: HttpResponse): string {
  const label = /charset\s*=\s*"?([^\s";]+)/i.exec(headerOf(response, "content-type") ?? "")?.[1] ?? "utf-8";
  try {
    return new TextDecoder(label).decode(response.body);
  } catch {
    return new TextDecoder().decode(response.body);
  }
}

/** Whether it can be read by people. */
export function isText(type: string, body: Uint8Array): boolean {
  return type.startsWith("text/") || /[/+](?:json|javascript|xml)$/.test(type) || !body.subarray(0, 512).includes(0);
}

/** A page that shows a text. */
export function textPage(text: string): string {
  const escaped = text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
  return `<!doctype html><meta name="color-scheme" content="light dark"><pre style="white-space: pre-wrap; overflow-wrap: anywhere">${escaped}</pre>`;
}

/** Its body as a `data:` URL. */
export function asDataUrl({ body }: Pick<HttpResponse, "body">, type: string): string {
  let binary = "";
  const most = 8192;
  for (let at = 0; at < body.length; at += most) binary += String.fromCharCode(...body.subarray(at, at + most));
  return `data:${type};base64,${btoa(binary)}`;
}
