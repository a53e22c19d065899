/** A lab running in the page. */
import { effect } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import type { LabAsset, LabDefinition, LabFile } from "../lab-definition/schema.ts";
import { siteRoot } from "../site-root.ts";
import { labStrings } from "../strings/strings.ts";
import { sideNames } from "./basics/sides.ts";
import { keepRun } from "./runs/kept-runs.ts";
import { predictionsOf } from "./runs/predictions.ts";
import { DraftStore } from "./session/draft-store.ts";
import { registerLab } from "./session/lab-registry.ts";
import { LabSession } from "./session/lab-session.ts";
import type { OpenMachine } from "./session/machine-lifecycle.ts";
import { openMachine } from "./session/open-machine.ts";
import { extentOfPage } from "./session/shown-parts.ts";
import { TabPresence } from "./session/tab-presence.ts";
import type { MakeBeside } from "./side/beside-program.ts";
import { Controls } from "./view/Controls.tsx";
import { MoreParts } from "./view/MoreParts.tsx";
import { Charts } from "./view/results/Charts.tsx";
import { LazyResults } from "./view/results/LazyResults.tsx";
import { LoadPanel } from "./view/results/LoadPanel.tsx";
import { Side } from "./view/Side.tsx";
import { SideSwitch } from "./view/SideSwitch.tsx";
import { TrustPanel } from "./view/TrustPanel.tsx";
import { MachineState } from "./view/ui/MachineState.tsx";
import { useAskedByText } from "./view/use-asked-by-text.ts";
import { usePlayedLanes } from "./view/use-played-lanes.tsx";
import { useReplayPanel } from "./view/use-replay-panel.tsx";
import { useSharePanel } from "./view/use-share-panel.tsx";
import { useShownSide } from "./view/use-shown-side.ts";
import { useTermsBeside } from "./view/use-terms-beside.ts";
import "./lab.css";

/** What a lab is given by its page. */
export interface LabProps {
  /** Name of its folder, under which the page keeps what the reader changes and predicts. */
  readonly name: string;
  readonly definition: LabDefinition;
  readonly files: readonly LabFile[];
  /** The files are a reader's own: the page shows and keeps them, and what else it has of them. Left out: they are not. */
  readonly own?: { readonly assets: readonly LabAsset[] };
  /** Names of the plans of which there is a recorded run. Left out: none. */
  readonly recorded?: readonly string[];
  /** The plan whose recorded run plays in the lanes until something starts, as long as it is chosen. Left out: none. */
  readonly plays?: string;
  /** Makes the programs beside its servers. Left out: there are none. */
  readonly makeBeside?: MakeBeside;
  /** How its machine is opened. Left out: the real way. */
  readonly open?: OpenMachine;
  /** What else stands beside its buttons. */
  readonly tools?: ComponentChildren;
}

/** A lab: two servers side by side, and what can be done to them. Nothing starts before a click. */
export function Lab(props: LabProps) {
  const { name, definition, files, own, recorded = [], plays, makeBeside, open = openMachine, tools } = props;
  const session = useMemo(
    () =>
      new LabSession({
        definition,
        files,
        open,
        siteRoot,
        predictions: predictionsOf(name),
        ...(makeBeside && { makeBeside }),
        extent: extentOfPage(),
        // A receipt speaks of the course's labs, and of no others.
        ...(own ? { assets: own.assets, filesElsewhere: true } : { keepRun: (run) => keepRun(name, run) }),
      }),
    [name, definition, files, own, makeBeside, open],
  );
  useMemo(() => session.parts.keepFor(name, siteRoot()), [session, name]);
  const side = useShownSide(session);
  usePageLife(session, name, own === undefined);
  useEffect(() => registerLab(name, session), [name, session]);
  useOtherTabs(session);
  useAskedByText(session);
  useTermsBeside(session);
  const share = useSharePanel({ session, name, off: own !== undefined });
  const replay = useReplayPanel({ session, name, recorded });
  const played = usePlayedLanes({ session, name, plan: plays });
  return (
    <section class="lab-root" aria-label={labStrings.lab.label(definition.title)}>
      <Controls session={session} tools={tools} share={share.button} />
      {share.panel}
      <MachineState session={session} />
      <LoadPanel session={session} replay={replay} />
      {played}
      <SideSwitch session={session} side={side} />
      <div class="lab-sides" data-beside={sideNames.some((each) => session.sides[each].beside) || undefined}>
        {sideNames.map((each) => (
          <Side key={each} session={session} name={each} shown={each === side.shown.value} />
        ))}
        <LazyResults session={session} />
      </div>
      {session.parts.extent === "whole" && (
        <>
          <MoreParts session={session} />
          <Charts session={session} />
          <TrustPanel session={session} />
        </>
      )}
    </section>
  );
}
export default Lab;

/**
 * Ends everything when the page is left, also into the browser's memory of pages, and marks runs while it is hidden.
 */
function usePageLife(session: LabSession, name: string, keepsChanges: boolean): void {
  useEffect(() => {
    const changes = keepsChanges ? new DraftStore(session, `${name}:${session.definition.machine}`) : undefined;
    const leave = () => {
      changes?.keepNow();
      session.leave();
    };
    const hidden = () => {
      if (document.visibilityState === "hidden") session.load.pageHidden();
    };
    addEventListener("pagehide", leave);
    document.addEventListener("visibilitychange", hidden);
    return () => {
      removeEventListener("pagehide", leave);
      document.removeEventListener("visibilitychange", hidden);
      changes?.dispose();
      session.dispose();
    };
  }, [session, name, keepsChanges]);
}

/** Hears whether other tabs run a lab, and tells them what this one does. */
function useOtherTabs(session: LabSession): void {
  useEffect(() => {
    const tabs = new TabPresence();
    const stops = [
      effect(() => {
        const open = session.machine.value.kind === "open";
        tabs.broadcast(session.load.running.value ? "under load" : open ? "open" : "closed");
      }),
      effect(() => {
        session.otherTab.value = tabs.open.value;
      }),
      effect(() => {
        if (tabs.underLoad.value && session.load.running.value) session.load.otherTabUnderLoad();
      }),
    ];
    return () => {
      for (const stop of stops) stop();
      tabs.dispose();
    };
  }, [session]);
}
