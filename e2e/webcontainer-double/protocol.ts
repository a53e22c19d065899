/** What the double's frame asks of its computer (POST /call), and what it hears from there (GET /events). */

/** One question. Its answer is JSON, or `{ "error": "…" }`. */
export type DoubleCall =
  | { readonly call: "workdir" }
  | {
      readonly call: "run";
      readonly id: number;
      readonly command: string;
      readonly args: readonly string[];
      readonly cwd: string;
      readonly env: Readonly<Record<string, string | number | boolean>>;
    }
  | { readonly call: "input"; readonly id: number; readonly text: string }
  | { readonly call: "kill"; readonly id: number }
  | { readonly call: "read"; readonly path: string }
  | { readonly call: "write"; readonly path: string; readonly base64: string }
  | { readonly call: "list"; readonly path: string }
  | { readonly call: "mkdir"; readonly path: string }
  | { readonly call: "rm"; readonly path: string; readonly recursive: boolean; readonly force: boolean }
  | { readonly call: "rename"; readonly from: string; readonly to: string }
  | { readonly call: "watch"; readonly id: number; readonly path: string }
  | { readonly call: "unwatch"; readonly id: number }
  | { readonly call: "end" };

/** What happened unasked. */
export type Happening =
  | { readonly event: "output"; readonly id: number; readonly base64: string }
  | { readonly event: "exit"; readonly id: number; readonly code: number }
  | { readonly event: "changed"; readonly id: number; readonly kind: string; readonly name: string };

/** How the double treats those who come. */
export type Behaviour =
  /** As WebContainer does. */
  | "answers"
  /** The frame loads and says nothing, for ever. */
  | "silent"
  /** Nothing can be killed, as WebContainer cannot kill what is caught in a loop. */
  | "cannot kill"
  /** Booting fails with this message. */
  | { readonly refuses: string };
