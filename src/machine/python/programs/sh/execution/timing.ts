/** What `time` prints. How long a processor was busy with a command is not known here. */

/** As bash prints it, or as `TIMEFORMAT` wants it; with `posix` as `time -p` does. */
export function timing(milliseconds: number, posix: boolean, format: string | undefined): string {
  const seconds = milliseconds / 1000;
  if (posix) return `real ${seconds.toFixed(2)}\n`;
  if (format === undefined) return `\nreal\t${withMinutes(seconds, 3)}\n`;
  return format === "" ? "" : `${formattedTiming(seconds, format)}\n`;
}

function withMinutes(seconds: number, places: number): string {
  return `${Math.floor(seconds / 60)}m${(seconds % 60).toFixed(places)}s`;
}

/** `%[p][l]R`, `U`, `S`: so many places, with `l` in minutes as well; `%P`: the processor's share. */
function formattedTiming(seconds: number, format: string): string {
  return format.replace(/%(?:%|P|(\d?)(l?)([RUS]))/g, (whole, places: string, long: string, kind: string) => {
    if (whole === "%%") return "%";
    if (whole === "%P") return "0.00";
    const value = kind === "R" ? seconds : 0;
    const digits = Math.min(3, Number(places === "" ? 3 : places));
    return long === "" ? value.toFixed(digits) : withMinutes(value, digits);
  });
}
