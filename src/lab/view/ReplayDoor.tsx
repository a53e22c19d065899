import { useSignal } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import { labStrings } from "../../strings/strings.ts";
import type { LabSession } from "../session/lab-session.ts";
import type { ReplayWish } from "./replay/ReplayPanel.tsx";
import { Button } from "./ui/Button.tsx";

interface ReplayDoorProps {
  readonly session: LabSession;
  readonly name: string;
  /** Names of the plans that were recorded. */
  readonly recorded: readonly string[];
}

type Panel = ComponentType<ReplayDoorProps & { readonly wish: ReplayWish }>;

/** The way to `ReplayPanel`, whose code is loaded for who asks for a recorded run, or has a browser or device that may need one. */
export function useReplay({ session, name, recorded }: ReplayDoorProps) {
  const panel = useSignal<{ readonly Panel: Panel; readonly wish: ReplayWish } | undefined>(undefined);
  const ask = (kind: ReplayWish["kind"]) => {
    import("./replay/ReplayPanel.tsx").then(
      ({ ReplayPanel }) => {
        panel.value = { Panel: ReplayPanel, wish: { kind } };
      },
      () => session.tell({ kind: "failed", message: labStrings.machine.codeFailed }),
    );
  };
  useEffect(() => {
    if (session.definition.machine !== "python") return;
    if (!("Suspending" in WebAssembly)) ask("cannot run");
    else if (matchMedia("(pointer: coarse)").matches || Reflect.get(navigator, "deviceMemory") < 4) ask("may be small");
  }, [session]);
  const { load } = session;
  const { value: loaded } = panel;
  return {
    button: recorded.includes(load.planName.value) && !load.running.value && (
      <Button weight="quiet" onPress={() => ask("play")}>
        {labStrings.load.recorded}
      </Button>
    ),
    panel: loaded && <loaded.Panel session={session} name={name} recorded={recorded} wish={loaded.wish} />,
  };
}
