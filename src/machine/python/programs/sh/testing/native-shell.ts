import { NativeComputer } from "../../../native/testing/native-computer.ts";

/** What a script printed, and how it ended. */
export interface Ran {
  readonly out: string;
  readonly err: string;
  readonly status: number;
}

/** Runs a script in our shell, on a computer of its own, as `shell -c`. */
export async function runHere(shell: "sh" | "bash", script: string): Promise<Ran> {
  const computer = new NativeComputer();
  const line = `mkdir /tmp/case; cd /tmp/case; ${shell} -c "$1" > /tmp/out 2> /tmp/err < /dev/null; echo $? > /tmp/status`;
  const { exit } = computer.start("sh", "-c", line, "case", script);
  await exit;
  const read = (path: string) => computer.read(path);
  return { out: read("/tmp/out"), err: read("/tmp/err"), status: Number(read("/tmp/status")) };
}
