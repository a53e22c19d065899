import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { PlanDefinition, SideName } from "../../../lab-definition/schema.ts";
import type { PlanProblem } from "../../../load/check-plan.ts";
import { labStrings } from "../../../strings/strings.ts";
import { formatCount } from "../../basics/number-format.ts";
import { sideNames } from "../../basics/sides.ts";
import { planInWords } from "../../runs/plan-words.ts";
import type { LabSession } from "../../session/lab-session.ts";
import { Button } from "../ui/Button.tsx";
import { MachineProgress } from "../ui/MachineState.tsx";
import { prefersReducedMotion } from "../ui/theme.ts";
import { useUniqueId } from "../ui/use-unique-id.ts";

const words = labStrings.load;

interface LoadPanelProps {
  readonly session: LabSession;
  /** The way to a recorded run, and where one is shown. */
  readonly replay: { readonly button: ComponentChildren; readonly panel: ComponentChildren };
}

/** Chooses a plan and runs it. It stays in view while a run goes on. */
export function LoadPanel({ session, replay }: LoadPanelProps) {
  const { load, gettingReady, parts } = session;
  const busy = load.running.value || gettingReady.value;
  const opening = session.machine.value.kind === "opening";
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLElement>(null);
  const buttons = useRef<HTMLDivElement>(null);
  // Where there is little room, the panel stays in view from its buttons on. What stands above them may change.
  useLayoutEffect(() => {
    if (busy) panel.current?.style.setProperty("--above-buttons", `${buttons.current?.offsetTop ?? 0}px`);
  });
  useLanesInView(panel, load.running.value);
  return (
    <section class="lab-load" ref={panel} aria-label={words.label} data-busy={busy}>
      <h3 class="lab-hidden">{words.label}</h3>
      <div class="lab-load-controls">
        <Plans session={session} />
        <div class="lab-run-bar" ref={buttons}>
          <Button weight="quiet" off={session.allAlive.value} onPress={() => void session.startBoth()}>
            {labStrings.lab.start}
          </Button>
          <Button
            weight="main"
            innerRef={button}
            onPress={() => {
              if (load.running.value) load.stop();
              else if (gettingReady.value) session.cancelRun();
              else void session.startAndRun();
            }}
          >
            {busy ? words.stop : words.run}
          </Button>
          {/* Behind what was pressed, which keeps its place under the pointer. */}
          {parts.begun && (
            <Button off={!session.someAlive.value && !opening} onPress={() => void session.stopBoth()}>
              {labStrings.lab.stop}
            </Button>
          )}
          {parts.begun && replay.button}
        </div>
        <div class="lab-load-status">
          <MachineProgress session={session} />
          <LoadState session={session} onStart={() => button.current?.focus()} />
        </div>
      </div>
      {replay.panel}
    </section>
  );
}

/** When a run begins before the reader's eyes, the lanes come into view below the panel. */
function useLanesInView(panel: { readonly current: HTMLElement | null }, running: boolean): void {
  useEffect(() => {
    const { current } = panel;
    const lanes = current?.parentElement?.querySelector('.lab-side[data-shown="true"] .lab-workers');
    if (!running || !current || !lanes) return;
    const { top, bottom } = current.getBoundingClientRect();
    const looksAtIt = top < innerHeight && bottom > 0;
    if (!looksAtIt || lanes.getBoundingClientRect().bottom <= innerHeight) return;
    // To where it stays while the reader scrolls on.
    const stays = Number.parseFloat(getComputedStyle(current).top) || 0;
    scrollBy({ top: top - stays, behavior: prefersReducedMotion() ? "auto" : "smooth" });
  }, [running, panel]);
}

function Plans({ session }: { session: LabSession }) {
  const { planName } = session.load;
  const group = useUniqueId("lab-plan");
  const isChosen = ({ name }: PlanDefinition) => name === planName.value;
  const [first, more] = choicesOf(session);
  return (
    <div class="lab-plans" role="radiogroup" aria-label={words.plan}>
      <PlanChoices session={session} plans={first} group={group} />
      {more.length > 0 && (session.parts.begun || more.some(isChosen)) && (
        <details class="lab-more-plans" open={more.some(isChosen)}>
          <summary>{labStrings.plans.more}</summary>
          <div class="lab-plans">
            <PlanChoices session={session} plans={more} group={group} />
          </div>
        </details>
      )}
    </div>
  );
}

/** The plans to choose from, and those behind "More plans". A page with little room has the one that was chosen for it. */
function choicesOf({ load, parts }: LabSession): readonly [readonly PlanDefinition[], readonly PlanDefinition[]] {
  const { plans, planName } = load;
  if (parts.extent === "plan") return [plans.filter(({ name }) => name === planName.value), []];
  const own = plans.filter(({ use }) => use === undefined);
  return own.length === 0 ? [plans, []] : [own, plans.filter(({ use }) => use !== undefined)];
}

interface PlanChoicesProps {
  readonly session: LabSession;
  readonly plans: readonly PlanDefinition[];
  /** Name of the group that all choices belong to. */
  readonly group: string;
}

function PlanChoices({ session: { load }, plans, group }: PlanChoicesProps) {
  return plans.map((plan) => (
    <label class="lab-plan" key={plan.name}>
      <input
        type="radio"
        name={group}
        value={plan.name}
        checked={plan.name === load.planName.value}
        disabled={load.running.value}
        aria-describedby={`${group}-${plan.name}`}
        onChange={() => {
          load.planName.value = plan.name;
        }}
      />
      <span class="lab-plan-label">{plan.label}</span>
      <span class="lab-plan-detail" id={`${group}-${plan.name}`}>
        {planInWords(plan)}
      </span>
    </label>
  ));
}

/** Who is being asked, or why nobody is. */
function LoadState({ session, onStart }: { session: LabSession; onStart: () => void }) {
  const { value: phase } = session.load.phase;
  const title = (side: (typeof sideNames)[number]) => session.sides[side].definition.title;
  // A side that listens by now is not missing any more.
  const missing =
    phase.kind === "refused" ? phase.sides.filter((side) => session.sides[side].port.value === undefined) : [];
  return (
    <div class="lab-load-state" role="status">
      {phase.kind === "idle" && <Hint session={session} />}
      {phase.kind === "running" && (
        <p class="lab-load-turn" title={warming(session).length > 0 ? words.warmUpMeaning : undefined}>
          {turns(session)}
          {warming(session).length > 0 && (
            <button
              type="button"
              class="lab-button lab-button-small"
              aria-label={words.skipWarmUpNamed}
              onClick={() => {
                onStart();
                session.load.skipWarmUp();
              }}
            >
              {words.skipWarmUp}
            </button>
          )}
        </p>
      )}
      {phase.kind === "running" && phase.hidden && <p>{words.hiddenNow}</p>}
      {phase.kind === "too much" && <p class="lab-failed">{tooMuch(phase.plan, phase.problem)}</p>}
      {phase.kind === "failed" && <p class="lab-failed">{words.failed(phase.message)}</p>}
      {missing.length > 0 && (
        <div class="lab-message">
          <p>{missing.length === sideNames.length ? words.startFirst : words.notRunning(missing.map(title))}</p>
          {!session.allAlive.value && (
            <Button
              onPress={() => {
                onStart();
                void session.startBoth();
              }}
            >
              {missing.length === sideNames.length ? labStrings.lab.start : words.startMissing}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

function warming(session: LabSession): readonly SideName[] {
  const { value: phase } = session.load.phase;
  return phase.kind === "running" ? sideNames.filter((side) => phase.turns[side] === "warming") : [];
}

/** What comes next, as long as nothing has been run. */
function Hint({ session }: { session: LabSession }) {
  if (session.load.result.value !== undefined || session.machine.value.kind === "opening") return null;
  if (session.gettingReady.value) return <p>{words.gettingReady}</p>;
  if (sideNames.every((side) => session.sides[side].port.value !== undefined)) return <p>{words.ready}</p>;
  return session.someAlive.value || session.machine.value.kind === "failed" ? null : <p>{words.hint}</p>;
}

function turns(session: LabSession): string {
  const { value: phase } = session.load.phase;
  if (phase.kind !== "running") return "";
  const [cold] = warming(session);
  if (cold !== undefined) return words.warmingUp(session.sides[cold].definition.title);
  const asked = sideNames.filter((side) => phase.turns[side] === "asked");
  if (asked.length === sideNames.length) return words.together;
  return asked.map((side) => words.asking(session.sides[side].definition.title)).join(" ");
}

function tooMuch({ label }: PlanDefinition, { field, asked, limit, reason }: PlanProblem): string {
  const figure = (value: number | string) => (typeof value === "number" ? formatCount(value) : value);
  return labStrings.plans.refused(label, field, figure(asked), limit === undefined ? undefined : figure(limit), reason);
}
