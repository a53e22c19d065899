/**
 * Fetches missing packages from PyPI, where the host of the site allows it: each step shows the names and addresses that
 * it will ask for, and asks for them once the reader has agreed. Nothing of an agreement is kept.
 */
import { type Signal, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { LabSession } from "../../lab/session/lab-session.ts";
import { Button } from "../../lab/view/ui/Button.tsx";
import { projectStrings } from "../../strings/strings.ts";
import type { AssessedPackage, AvailablePackage } from "../packages/assess-packages.ts";
import { specifierOf } from "../packages/dependency.ts";
import type { HinderedPackage, PackagePlan } from "../pypi/plan-packages.ts";
import type { PypiVisit } from "../pypi/pypi-visit.ts";
import { listAddress } from "../pypi/simple-index.ts";
import { addToProject } from "./add-files.ts";
import { hinderedSentence } from "./pypi-words.ts";

const words = projectStrings.pypi;

/** Where wheels are put, as if the reader had. */
const wheelFolder = "wheels";

/** Where a visit is. */
type Visiting =
  | { readonly kind: "idle" }
  | { readonly kind: "asking"; readonly stop: AbortController }
  | { readonly kind: "question"; readonly visit: PypiVisit; readonly plan: PackagePlan }
  | { readonly kind: "over"; readonly sentences: readonly string[] };

interface FromPypiProps {
  readonly session: LabSession;
  /** What the project asks for. */
  readonly packages: readonly AssessedPackage[];
  /** What it has without PyPI, by name. */
  readonly here: () => ReadonlyMap<string, AvailablePackage>;
}

/** What is said of it, and its questions. Nothing where no package is missing and nothing was asked for. */
export function FromPypi({ session, packages, here }: FromPypiProps) {
  const visiting = useSignal<Visiting>({ kind: "idle" });
  const declined = useSignal<ReadonlySet<string> | undefined>(undefined);
  const place = useRef<HTMLDivElement>(null);
  const missing = packages.filter(({ state }) => state.kind === "absent");
  // A name that is a guess is not asked for unless the reader says so.
  const out = declined.value ?? new Set(missing.flatMap(({ name, guessed }) => (guessed ? [name] : [])));
  const chosen = missing.filter(({ name }) => !out.has(name));
  const { kind } = visiting.value;
  useEffect(() => {
    // The button that was pressed is gone: whoever uses the keyboard goes on where the answer is.
    if (kind === "question" || kind === "over") place.current?.focus();
  }, [kind]);
  useEffect(
    () => () => {
      if (visiting.peek().kind === "asking") stopAsking(visiting);
    },
    [visiting],
  );
  if (missing.length === 0 && kind === "idle") return null;

  const go = async (visitOf: () => Promise<PypiVisit>, plan?: PackagePlan) => {
    const stop = new AbortController();
    visiting.value = { kind: "asking", stop };
    try {
      const visit = await visitOf();
      await visit.step(plan ?? visit.plan, stop.signal);
      if (!visit.over) visiting.value = { kind: "question", visit, plan: visit.plan };
      else visiting.value = { kind: "over", sentences: await conclude(session, visit.plan) };
    } catch (error) {
      const sentence = stop.signal.aborted ? words.stopped : error instanceof Error ? error.message : String(error);
      visiting.value = { kind: "over", sentences: [sentence] };
    }
  };
  const begin = () => {
    const roots = chosen.map(({ name, extras, wanted }) => ({ name, extras, specifier: specifierOf(wanted) ?? "" }));
    void go(async () => new (await import("../pypi/pypi-visit.ts")).PypiVisit(roots, here()));
  };
  return (
    <div class="project-pypi" ref={place} tabIndex={-1}>
      <h3>{words.heading}</h3>
      <p class="project-muted">{words.intro}</p>
      {(kind === "idle" || kind === "over") && missing.length > 0 && (
        <FirstQuestion
          missing={missing}
          out={out}
          again={kind === "over"}
          onChoose={(name, wanted) => {
            const changed = new Set(out);
            if (wanted) changed.delete(name);
            else changed.add(name);
            declined.value = changed;
          }}
          onAsk={begin}
        />
      )}
      <div role="status">
        <Said visiting={visiting} onGo={(visit, plan) => void go(async () => visit, plan)} />
      </div>
    </div>
  );
}

function stopAsking(visiting: Signal<Visiting>): void {
  if (visiting.value.kind === "asking") visiting.value.stop.abort();
}

/** Adds what is complete to the project, and says what came of everything. */
async function conclude(session: LabSession, { ready, hindered }: PackagePlan): Promise<readonly string[]> {
  const not = hindered.map((each: HinderedPackage) => hinderedSentence(each));
  if (ready.length === 0) return not;
  const incoming = ready.map(({ chosen, bytes }) => ({
    path: chosen.filename,
    size: bytes.length,
    read: async () => bytes,
  }));
  const { added, sentence } = await addToProject(session, wheelFolder, incoming);
  const names = ready.map(({ chosen }) => words.wheel(chosen.name, chosen.version, ""));
  return [...(added ? [words.added(names)] : []), ...(sentence === "" ? [] : [sentence]), ...not];
}

interface FirstQuestionProps {
  readonly missing: readonly AssessedPackage[];
  /** Names that are not to be asked for. */
  readonly out: ReadonlySet<string>;
  readonly again: boolean;
  readonly onChoose: (name: string, wanted: boolean) => void;
  readonly onAsk: () => void;
}

function FirstQuestion({ missing, out, again, onChoose, onAsk }: FirstQuestionProps) {
  const count = missing.filter(({ name }) => !out.has(name)).length;
  return (
    <>
      <fieldset class="project-tasks">
        <legend>{words.first}</legend>
        {missing.map(({ name, path, guessed }) => (
          <label key={name}>
            <input
              type="checkbox"
              checked={!out.has(name)}
              onChange={({ currentTarget }) => onChoose(name, currentTarget.checked)}
            />{" "}
            {name}: <code>{listAddress(name)}</code>
            {guessed && ` (${words.guessed(path)})`}
          </label>
        ))}
      </fieldset>
      <div class="project-buttons">
        <Button off={count === 0} onPress={onAsk}>
          {again ? words.again : words.ask(count)}
        </Button>
      </div>
    </>
  );
}

interface SaidProps {
  readonly visiting: Signal<Visiting>;
  readonly onGo: (visit: PypiVisit, plan: PackagePlan) => void;
}

function Said({ visiting, onGo }: SaidProps) {
  const now = visiting.value;
  switch (now.kind) {
    case "idle":
      return null;
    case "asking":
      return (
        <div class="project-buttons">
          <p>{words.asking}</p>
          <Button onPress={() => stopAsking(visiting)}>{words.stop}</Button>
        </div>
      );
    case "over":
      return (
        <ul>
          {now.sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      );
    case "question":
      return (
        <>
          <NextAddresses plan={now.plan} />
          <div class="project-buttons">
            <Button onPress={() => onGo(now.visit, now.plan)}>
              {words.yes(now.plan.lists.length + now.plan.files.length)}
            </Button>
            <Button
              weight="quiet"
              onPress={() => {
                visiting.value = { kind: "over", sentences: [words.left] };
              }}
            >
              {words.no}
            </Button>
          </div>
        </>
      );
  }
}

function NextAddresses({ plan: { lists, files, hindered } }: { plan: PackagePlan }) {
  return (
    <>
      {hindered.length > 0 && (
        <ul>
          {hindered.map((each) => (
            <li key={each.name}>{hinderedSentence(each)}</li>
          ))}
        </ul>
      )}
      <p>{words.next}</p>
      <ul class="project-packages">
        {files.map(({ name, version, size, url }) => (
          <li key={url}>
            {words.wheel(name, version, size === undefined ? "" : words.size(size))}: <code>{url}</code>
          </li>
        ))}
        {lists.map(({ name, address, neededBy }) => (
          <li key={address}>
            {neededBy.length === 0 ? name : words.neededBy(name, neededBy)}: <code>{address}</code>
          </li>
        ))}
      </ul>
    </>
  );
}
