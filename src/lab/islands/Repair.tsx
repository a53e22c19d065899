/** What readers report of a site that is broken on purpose, and a button that looks at the site. */
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import type { RepairDefinition, Symptom } from "../../lab-definition/repair-schema.ts";
import { withSolution } from "../../learning/progress/lesson-progress.ts";
import { learnerStore } from "../../learning/progress/progress-store.ts";
import { Prose } from "../../prose/Prose.tsx";
import { repairStrings } from "../../strings/strings.ts";
import type { CheckResult } from "../checks/exercise-check.ts";
import type { RepairEnd, RepairStep } from "../checks/repair-check.ts";
import { labSession } from "../session/lab-registry.ts";
import type { LabState } from "../session/lab-state.ts";
import { Button } from "../view/ui/Button.tsx";
import "./try.css";
import "./repair.css";

/** The lesson that taught what a symptom is about. */
export interface LessonLink {
  readonly title: string;
  readonly href: string;
}

/** What a page gives. */
export interface RepairProps {
  /** Name of the lab. */
  readonly lab: string;
  /** Label of the plan that runs meanwhile. */
  readonly planLabel: string;
  readonly definition: RepairDefinition;
  /** By the names of the symptoms. */
  readonly lessons: Readonly<Record<string, LessonLink>>;
  readonly solution: LabState;
  /** The solution, to read. */
  readonly children?: ComponentChildren;
}

/** Where a check of the site is. */
type Work =
  | { readonly kind: "open" }
  | { readonly kind: "looking"; readonly step: RepairStep }
  | { readonly kind: "done"; readonly end: RepairEnd }
  | { readonly kind: "failed"; readonly message: string };

type Findings = Readonly<Record<string, CheckResult>>;

const words = repairStrings;

/** The list of symptoms, each with its hints and with what the last check has found, and the button. */
export function Repair({ lab, planLabel, definition, lessons, solution, children }: RepairProps) {
  const work = useSignal<Work>({ kind: "open" });
  const findings = useSignal<Findings>({});
  // What the server has rendered has no lab, and is taken over as it stands.
  const hydrated = useSignal(false);
  useEffect(() => {
    hydrated.value = true;
  }, [hydrated]);
  const { symptoms } = definition;
  const session = hydrated.value ? labSession(lab).value : undefined;
  const solved = hydrated.value ? learnerStore().memory.value.solved : [];
  const looking = work.value.kind === "looking";
  const off = session === undefined || looking;
  const keyOf = (symptom: string) => `${lab}/${symptom}`;

  const look = async () => {
    if (session === undefined) return;
    findings.value = {};
    work.value = { kind: "looking", step: "starting" };
    try {
      const [{ lookAtSite }, { changesText }] = await Promise.all([
        import("../checks/repair-check.ts"),
        import("../share/changes-text.ts"),
      ]);
      const end = await lookAtSite(session, definition, {
        step: (step) => {
          work.value = { kind: "looking", step };
        },
        found: (symptom, result) => {
          findings.value = { ...findings.value, [symptom]: result };
          if (result.kind === "right") remember(keyOf(symptom), changesText(session.original, session.state()));
        },
      });
      work.value = { kind: "done", end };
    } catch (error) {
      work.value = { kind: "failed", message: error instanceof Error ? error.message : String(error) };
    }
  };

  return (
    <div class="try-island not-content">
      <ol class="repair-symptoms">
        {symptoms.map((symptom) => (
          <Report
            key={symptom.name}
            symptom={symptom}
            lesson={lessons[symptom.name]}
            finding={findings.value[symptom.name]}
            looking={looking}
            before={solved.includes(keyOf(symptom.name))}
          />
        ))}
      </ol>
      <p class="repair-about">{words.about(planLabel)}</p>
      <div class="try-buttons">
        <Button weight="main" off={off} onPress={() => void look()}>
          {words.check}
        </Button>
      </div>
      <div class="try-outcome" role="status">
        <Outcome work={work.value} findings={findings.value} of={symptoms.length} />
      </div>
      <details class="try-solution">
        <summary>{words.solution}</summary>
        <p>{words.solutionWarning}</p>
        {children}
        <Button weight="quiet" off={off} onPress={() => session?.putIn(solution)}>
          {words.putSolution}
        </Button>
      </details>
    </div>
  );
}
export default Repair;

function remember(key: string, changes: string): void {
  learnerStore().update((memory) => withSolution(memory, key, { at: Date.now(), changes }));
}

interface ReportProps {
  readonly symptom: Symptom;
  readonly lesson: LessonLink | undefined;
  readonly finding: CheckResult | undefined;
  readonly looking: boolean;
  /** It was gone once. */
  readonly before: boolean;
}

function Report({ symptom, lesson, finding, looking, before }: ReportProps) {
  const result = finding === undefined ? (looking ? "looking" : "open") : finding.kind === "right" ? "gone" : "there";
  const said = result === "open" && before ? words.goneBefore : words.results[result];
  return (
    <li data-result={result}>
      <p>
        <Prose text={symptom.report} />
      </p>
      {said !== "" && (
        <p class="try-seen">
          <span class="repair-result">{said}</span>
          {finding?.kind === "wrong" && ` ${finding.seen}`}
        </p>
      )}
      <Hints hints={symptom.hints} lesson={lesson} />
    </li>
  );
}

/** Each hint lies inside of the one before it. The first names the lesson. */
function Hints({
  hints,
  lesson,
  number = 1,
}: {
  readonly hints: readonly string[];
  readonly lesson: LessonLink | undefined;
  readonly number?: number;
}) {
  const hint = hints[number - 1];
  if (hint === undefined) return null;
  return (
    <details class="repair-hint">
      <summary>{words.hint(number, hints.length)}</summary>
      <p>
        <Prose text={hint} />
        {number === 1 && lesson && (
          <>
            {" "}
            {words.taughtIn} <a href={lesson.href}>{lesson.title}</a>.
          </>
        )}
      </p>
      <Hints hints={hints} lesson={lesson} number={number + 1} />
    </details>
  );
}

function Outcome({ work, findings, of }: { readonly work: Work; readonly findings: Findings; readonly of: number }) {
  switch (work.kind) {
    case "open":
      return null;
    case "looking":
      return <p>{words.steps[work.step]}</p>;
    case "failed":
      return <p>{words.failed(work.message)}</p>;
    case "done": {
      const { end } = work;
      if (end.kind === "down") {
        return (
          <>
            <p>
              <strong>{words.notLookedAt}</strong>
            </p>
            <p class="try-seen">{end.seen}</p>
          </>
        );
      }
      const gone = Object.values(findings).filter(({ kind }) => kind === "right").length;
      return (
        <p class={gone > 0 ? "celebrated" : undefined}>
          <strong>{gone === of ? words.allGone(of) : words.gone(gone, of)}</strong>
          {end.kind === "started again" && ` ${words.startedAgain}`}
        </p>
      );
    }
  }
}
