/** Recorded runs, and who needs them: readers whose browser or device cannot run the lab. */
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { programNames, sideOf } from "../../../lab-definition/programs.ts";
import { siteRoot } from "../../../site-root.ts";
import { replayStrings as words } from "../../../strings/strings.ts";
import { programTitle } from "../../basics/program-title.ts";
import { bySide, sideNames } from "../../basics/sides.ts";
import { isTooSmall, needOf, thisDevice } from "../../replay/device-fit.ts";
import type { RecordedRunFile } from "../../replay/recorded-run.ts";
import { RunPlayer } from "../../replay/run-player.ts";
import type { LabSession } from "../../session/lab-session.ts";
import { readLines } from "../../side/command-lines.ts";
import { Button } from "../ui/Button.tsx";
import { SideBadge } from "../ui/SideBadge.tsx";
import "./replay.css";

/** Why the panel is there: the reader asked for a run, or the lab may not run here. A new object each time. */
export interface ReplayIntent {
  readonly kind: "play" | "cannot run" | "may be small";
}

interface ReplayPanelProps {
  readonly session: LabSession;
  /** Name of the lab's folder. */
  readonly name: string;
  /** Names of the plans that were recorded. */
  readonly recorded: readonly string[];
  readonly intent: ReplayIntent;
}

type State =
  | { readonly kind: "nothing" }
  | { readonly kind: "loading" }
  | { readonly kind: "failed" }
  | { readonly kind: "shown"; readonly plan: string; readonly file: RecordedRunFile; readonly playing: boolean };

/** What stands above the charts when a recorded run is shown, or the lab may not run here. */
export function ReplayPanel({ session, name, recorded, intent }: ReplayPanelProps) {
  const state = useSignal<State>({ kind: "nothing" });
  const player = useRef<RunPlayer>();
  const chosen = session.load.planName.value;

  const play = async (plan: string) => {
    player.current?.dispose();
    const definition = session.definition.plans.find((each) => each.name === plan);
    if (definition === undefined) return;
    state.value = { kind: "loading" };
    try {
      const response = await fetch(new URL(`runs/${name}-${plan}.json`, siteRoot()));
      if (!response.ok) throw new Error(String(response.status));
      const file: RecordedRunFile = await response.json();
      state.value = { kind: "shown", plan, file, playing: true };
      player.current = new RunPlayer(session.load, {
        titles: bySide((side) => session.sides[side].definition.title),
        course: file.course,
        plan: definition,
        ended: () => {
          const { value: now } = state;
          if (now.kind === "shown" && now.file === file) state.value = { ...now, playing: false };
        },
      });
    } catch {
      state.value = { kind: "failed" };
    }
  };
  useEffect(() => {
    if (intent.kind === "play") void play(session.load.planName.value);
  }, [intent]);
  useEffect(() => () => player.current?.dispose(), []);

  const { value: now } = state;
  const need = needOf(Object.values(readLines(session.sides, ({ text }) => text.value)));
  const device = thisDevice();
  const alone = intent.kind === "cannot run";
  const small = intent.kind === "may be small" && isTooSmall(device, need) && session.machine.value.kind === "closed";
  const onScreen = now.kind === "shown" && session.load.recorded.value !== undefined;
  const lanes = session.load.replayed.value;
  const every = lanes && Math.max(...sideNames.map((side) => lanes[side].every));
  if (!alone && !small && !onScreen && now.kind !== "loading" && now.kind !== "failed") return null;
  return (
    <section class="lab-replay" aria-label={words.label}>
      {alone && <p>{words.cannotRun}</p>}
      {small && (
        <p>
          {words.small(
            need.processes,
            Math.round(need.megabytes / 50) * 50,
            device.gigabytes === undefined ? words.unknownMemory : words.memory(device.gigabytes),
          )}
        </p>
      )}
      {(alone || small) && !onScreen && (
        <Choices session={session} recorded={recorded} chosen={chosen} onPlay={(plan) => void play(plan)} />
      )}
      <div role="status">
        {now.kind === "loading" && <p>{words.loading}</p>}
        {now.kind === "failed" && <p class="lab-failed">{words.failed}</p>}
        {onScreen && (
          <>
            <p>
              <strong class="lab-recorded-mark">{words.recorded}</strong>
            </p>
            <p>
              {words.where(now.file.machine, now.file.date, every !== undefined)}
              {every !== undefined && every > 1 && ` ${words.thinned(every)}`}
            </p>
            <ul>
              {programNames.map(
                (program) =>
                  now.file.commands[program] && (
                    <li key={program} class={`lab-of-${sideOf(program)}`}>
                      <SideBadge side={sideOf(program)} />{" "}
                      {words.command(programTitle(session.definition.sides, program))}
                      <code>{now.file.commands[program]}</code>
                    </li>
                  ),
              )}
            </ul>
          </>
        )}
      </div>
      {onScreen && (
        <p class="lab-replay-buttons">
          {now.playing ? (
            <Button onPress={() => player.current?.skip()}>{words.skip}</Button>
          ) : (
            <Button onPress={() => void play(recorded.includes(chosen) ? chosen : now.plan)}>
              {words.play(labelOf(session, recorded.includes(chosen) ? chosen : now.plan))}
            </Button>
          )}
        </p>
      )}
    </section>
  );
}

function labelOf(session: LabSession, plan: string): string {
  return session.definition.plans.find(({ name }) => name === plan)?.label ?? plan;
}

interface ChoicesProps {
  readonly session: LabSession;
  readonly recorded: readonly string[];
  readonly chosen: string;
  readonly onPlay: (plan: string) => void;
}

/** The recorded run of the chosen plan, or those that there are. */
function Choices({ session, recorded, chosen, onPlay }: ChoicesProps) {
  if (recorded.length === 0) return <p>{words.noRuns}</p>;
  const offered = recorded.includes(chosen) ? [chosen] : recorded;
  return (
    <>
      {offered !== recorded ? null : <p>{words.otherPlan}</p>}
      <p class="lab-replay-buttons">
        {offered.map((plan) => (
          <Button key={plan} weight="main" onPress={() => onPlay(plan)}>
            {words.play(labelOf(session, plan))}
          </Button>
        ))}
      </p>
    </>
  );
}
