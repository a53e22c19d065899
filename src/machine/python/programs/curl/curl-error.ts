/** A transfer that fails: curl's exit code and its words. */
export class CurlError extends Error {
  override readonly name = "CurlError";
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}
