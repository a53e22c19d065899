/**
 * A process said what cannot be meant, in a message that looks right. It is ended. The message goes on after its name:
 * "used …".
 */
export class ProtocolError extends Error {
  override readonly name = "ProtocolError";
}
