import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { labStrings } from "../../strings/strings.ts";
import type { LabSession } from "../session/lab-session.ts";
import { standsFromLink } from "../share/opened-link.ts";
import type { ShareIntent } from "./share/SharePanel.tsx";
import { Button } from "./ui/Button.tsx";
import { useLazyCode } from "./ui/use-lazy-code.ts";

interface SharedLab {
  readonly session: LabSession;
  readonly name: string;
  /** A link could not say what is in it. */
  readonly off: boolean;
}

/** The way to `SharePanel`, whose code is loaded when a lab is shared, or a link or a file comes. */
export function useSharePanel({ session, name, off }: SharedLab) {
  const panel = useLazyCode(async () => (await import("./share/SharePanel.tsx")).SharePanel);
  const intent = useSignal<ShareIntent | undefined>(undefined);
  const ask = async (kind: ShareIntent["kind"]) => {
    if (await panel.load()) intent.value = { kind };
    else session.showNotice({ kind: "failed", message: labStrings.machine.codeFailed });
  };
  useEffect(() => {
    if (off) return;
    const look = () => {
      if (!/^#lab-[^=]*=/.test(location.hash) && !standsFromLink(session, name)) return;
      session.parts.showPrepared();
      void ask("address");
    };
    const lab = document.getElementById(`lab-${name}`);
    const drag = () => intent.value || void ask("drop");
    look();
    addEventListener("hashchange", look);
    lab?.addEventListener("dragenter", drag);
    return () => {
      removeEventListener("hashchange", look);
      lab?.removeEventListener("dragenter", drag);
    };
  }, [session, name, off]);
  const { value: Panel } = panel.code;
  return {
    button: !off && (
      <Button weight="quiet" onPress={() => void ask("share")}>
        {labStrings.lab.share}
      </Button>
    ),
    panel: Panel && intent.value && <Panel session={session} name={name} intent={intent.value} />,
  };
}
