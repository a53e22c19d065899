/** The value of `option` in `-w 4`, `-w4`, `--workers 4` or `--workers=4`; `next` is the word after `word`. */
export function optionValue(word: string, next: string | undefined, option: string): string | undefined {
  if (word === option) return next;
  if (option.startsWith("--")) return word.startsWith(`${option}=`) ? word.slice(option.length + 1) : undefined;
  return !word.startsWith("--") && word.startsWith(option) ? word.slice(option.length) : undefined;
}
