/** An exercise in the lesson's text, which the lab of the same page checks. */
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import type { ExerciseCheck } from "../../lab-definition/exercise-schema.ts";
import type { LabDefinition } from "../../lab-definition/schema.ts";
import { withSolution } from "../../learning/progress/lesson-progress.ts";
import { learnerStore } from "../../learning/progress/progress-store.ts";
import { exerciseStrings, labStrings, learningStrings } from "../../strings/strings.ts";
import { isUntouched } from "../checks/exercise-start.ts";
import { labSession } from "../session/lab-registry.ts";
import type { LabState } from "../session/lab-state.ts";
import { Button } from "../view/ui/Button.tsx";
import "./try.css";

/** What a page gives to an exercise. */
export interface TryProps {
  /** Name of the lab. */
  readonly lab: string;
  /** Name of the exercise. */
  readonly name: string;
  /** The kind of machine that its files are for. */
  readonly machine: LabDefinition["machine"];
  readonly checks: readonly ExerciseCheck[];
  /** How the lab stands at the beginning. Left out: as it is. */
  readonly start?: LabState;
  readonly solution: LabState;
  /** The solution, to read. */
  readonly children?: ComponentChildren;
}

/** Where a check of the reader's work is. */
type Work =
  | { readonly kind: "open" }
  /** The lab still stands as its author wrote it, and the exercise begins with something else. */
  | { readonly kind: "not begun" }
  /** So many have been found right, and the next is being looked at. */
  | { readonly kind: "looking"; readonly right: number }
  | { readonly kind: "wrong"; readonly right: number; readonly seen: string; readonly hint: string }
  | { readonly kind: "failed"; readonly right: number; readonly message: string }
  | { readonly kind: "solved" };

const words = exerciseStrings;

/** What the lab looks for, a button that looks, and a solution behind a click. */
export function Try({ lab, name, machine, checks, start, solution, children }: TryProps) {
  const work = useSignal<Work>({ kind: "open" });
  // What the server has rendered has no lab, and is taken over as it stands.
  const hydrated = useSignal(false);
  // A solution may well be what the author wrote.
  const begun = useSignal(false);
  useEffect(() => {
    hydrated.value = true;
  }, [hydrated]);
  const session = hydrated.value ? labSession(lab).value : undefined;
  const key = `${lab}/${name}`;
  const before = hydrated.value && learnerStore().memory.value.solved.includes(key);
  const fits = session === undefined || session.definition.machine === machine;
  const off = session === undefined || !fits || work.value.kind === "looking";

  const look = async () => {
    if (session === undefined) return;
    if (!begun.value && isUntouched(start, session.original.files, session.files.value)) {
      work.value = { kind: "not begun" };
      return;
    }
    const [{ lookAt }, { changesText }] = await Promise.all([
      import("../checks/exercise-check.ts"),
      import("../share/changes-text.ts"),
    ]);
    try {
      for (const [right, check] of checks.entries()) {
        work.value = { kind: "looking", right };
        const result = await lookAt(session, check);
        if (result.kind === "right") continue;
        work.value = { kind: "wrong", right, seen: result.seen, hint: check.hint };
        return;
      }
      work.value = { kind: "solved" };
      const changes = changesText(session.original, session.state());
      learnerStore().update((memory) => withSolution(memory, key, { at: Date.now(), changes }));
    } catch (error) {
      const right = work.value.kind === "looking" ? work.value.right : 0;
      work.value = { kind: "failed", right, message: error instanceof Error ? error.message : String(error) };
    }
  };
  const put = (state: LabState) => {
    begun.value = true;
    session?.putIn(state);
    work.value = { kind: "open" };
  };

  return (
    <div class="try-island not-content">
      <p class="try-wanted">{words.wanted}</p>
      <ol class="try-checks">
        {checks.map(({ wants }, index) => (
          <li key={wants} data-result={resultOf(work.value, index)}>
            <span>{wants}</span>
            <span class="try-result">{resultWord(work.value, index)}</span>
          </li>
        ))}
      </ol>
      <div class="try-buttons">
        {start && (
          <Button off={off} onPress={() => put(start)}>
            {words.putStart}
          </Button>
        )}
        <Button weight="main" off={off} onPress={() => void look()}>
          {words.check}
        </Button>
      </div>
      <div class="try-outcome" role="status">
        {work.value.kind === "open" && before && <p>{learningStrings.progress.solvedBefore}</p>}
        <Outcome work={work.value} of={checks.length} />
        {!fits && <p>{words.otherMachine(labStrings.machineSwitch.names[machine])}</p>}
      </div>
      <details class="try-solution">
        <summary>{words.solution}</summary>
        {children}
        <Button weight="quiet" off={off} onPress={() => put(solution)}>
          {words.putSolution}
        </Button>
      </details>
    </div>
  );
}
export default Try;

type Result = keyof typeof words.results;

function resultOf(work: Work, index: number): Result {
  if (work.kind === "open" || work.kind === "not begun") return "open";
  if (work.kind === "solved" || index < work.right) return "right";
  if (index > work.right || work.kind === "failed") return "open";
  return work.kind;
}

/** Before anything was looked at, the list is only a list. */
function resultWord(work: Work, index: number): string {
  return work.kind === "open" || work.kind === "not begun" ? "" : words.results[resultOf(work, index)];
}

function Outcome({ work, of }: { work: Work; of: number }) {
  switch (work.kind) {
    case "open":
      return null;
    case "not begun":
      return <p>{words.notBegun}</p>;
    case "looking":
      return <p>{words.looking(work.right + 1, of)}</p>;
    case "solved":
      return (
        <p class="celebrated">
          <strong>{words.solved}</strong>
        </p>
      );
    case "failed":
      return <p>{words.failed(work.message)}</p>;
    case "wrong":
      return (
        <>
          <p>
            <strong>{words.stillWrong(work.hint)}</strong>
          </p>
          <p class="try-seen">{work.seen}</p>
        </>
      );
  }
}
