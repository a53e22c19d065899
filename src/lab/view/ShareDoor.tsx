import { useSignal } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import { labStrings } from "../../strings/strings.ts";
import type { LabSession } from "../session/lab-session.ts";
import type { ShareWish } from "./share/SharePanel.tsx";
import { Button } from "./ui/Button.tsx";

interface ShareDoorProps {
  readonly session: LabSession;
  readonly name: string;
}

type Panel = ComponentType<ShareDoorProps & { readonly wish: ShareWish }>;

/** The way to `SharePanel`, whose code is loaded when a lab is shared, or a link or a file comes. */
export function useShare({ session, name }: ShareDoorProps) {
  const panel = useSignal<{ readonly Panel: Panel; readonly wish: ShareWish } | undefined>(undefined);
  const ask = (kind: ShareWish["kind"]) => {
    import("./share/SharePanel.tsx").then(
      ({ SharePanel }) => {
        panel.value = { Panel: SharePanel, wish: { kind } };
      },
      () => session.tell({ kind: "failed", message: labStrings.machine.codeFailed }),
    );
  };
  useEffect(() => {
    const look = () => {
      if (/^#lab-[^=]*=/.test(location.hash)) ask("address");
    };
    const lab = document.getElementById(`lab-${name}`);
    const drag = () => panel.value || ask("drop");
    look();
    addEventListener("hashchange", look);
    lab?.addEventListener("dragenter", drag);
    return () => {
      removeEventListener("hashchange", look);
      lab?.removeEventListener("dragenter", drag);
    };
  }, [session, name]);
  const { value: loaded } = panel;
  return {
    button: (
      <Button weight="quiet" onPress={() => ask("share")}>
        {labStrings.lab.share}
      </Button>
    ),
    panel: loaded && <loaded.Panel session={session} name={name} wish={loaded.wish} />,
  };
}
