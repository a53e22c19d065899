/** What a program in the container prints, and what it is told, as text. */
import type { WebContainerProcess } from "@webcontainer/api";

/** Calls `hear` with each piece that the program prints. Resolves when it prints no more. */
export async function readOutput(process: WebContainerProcess, hear: (text: string) => void): Promise<void> {
  const reader = process.output.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      hear(value);
    }
  } catch {
    // The container is gone, and with it the stream.
  }
}

/** A way to write to the program's input. What comes after its end is dropped. */
export function inputOf(process: WebContainerProcess): (text: string) => void {
  const writer = process.input.getWriter();
  let open = true;
  void process.exit.finally(() => {
    open = false;
  });
  return (text) => {
    if (open) writer.write(text).catch(() => {});
  };
}
