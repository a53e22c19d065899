/** A terminal's text without what tells the terminal colours and places. */
export function withoutColours(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what terminals are told colours with
  return text.replace(/\x1b\[[\d;?]*[A-Za-z]/g, "");
}
