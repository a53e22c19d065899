/** Requests and responses on their way to and from the agent: bytes travel as base64. */
import type { HttpRequest, HttpResponse } from "../machine.ts";
import type { WireRequest, WireResponse } from "./messages.ts";

/** A request as the agent takes it. */
export function toWireRequest({ body, ...request }: HttpRequest): WireRequest {
  return { ...request, ...(body && { body: toBase64(body) }) };
}

/** A response out of the agent's answer. Throws if it is none. */
export function fromWireResponse(answer: unknown): HttpResponse {
  if (!isResponse(answer)) throw new Error("The agent gave no response");
  return { ...answer, body: Uint8Array.from(atob(answer.body), (character) => character.charCodeAt(0)) };
}

function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

function isResponse(answer: unknown): answer is WireResponse {
  return typeof answer === "object" && answer !== null && "status" in answer && "body" in answer;
}
