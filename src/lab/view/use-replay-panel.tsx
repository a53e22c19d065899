import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { labStrings } from "../../strings/strings.ts";
import type { LabSession } from "../session/lab-session.ts";
import type { ReplayIntent } from "./replay/ReplayPanel.tsx";
import { Button } from "./ui/Button.tsx";
import { useLazyCode } from "./ui/use-lazy-code.ts";

interface RecordedLab {
  readonly session: LabSession;
  readonly name: string;
  /** Names of the plans that were recorded. */
  readonly recorded: readonly string[];
}

/**
 * The way to `ReplayPanel`, whose code is loaded for who asks for a recorded run, or has a browser or device that may
 * need one.
 */
export function useReplayPanel({ session, name, recorded }: RecordedLab) {
  const panel = useLazyCode(async () => (await import("./replay/ReplayPanel.tsx")).ReplayPanel);
  const intent = useSignal<ReplayIntent | undefined>(undefined);
  const ask = async (kind: ReplayIntent["kind"]) => {
    if (await panel.load()) intent.value = { kind };
    else session.showNotice({ kind: "failed", message: labStrings.machine.codeFailed });
  };
  useEffect(() => {
    if (session.definition.machine !== "python") return;
    if (!("Suspending" in WebAssembly)) void ask("cannot run");
    else if (matchMedia("(pointer: coarse)").matches || Reflect.get(navigator, "deviceMemory") < 4)
      void ask("may be small");
  }, [session]);
  const { load } = session;
  const { value: Panel } = panel.code;
  return {
    button: recorded.includes(load.planName.value) && (
      <Button weight="quiet" off={load.running.value} onPress={() => void ask("play")}>
        {labStrings.load.recorded}
      </Button>
    ),
    panel: Panel && intent.value && <Panel session={session} name={name} recorded={recorded} intent={intent.value} />,
  };
}
