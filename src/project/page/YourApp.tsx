/** The page on which readers run their own app: takes a project in, and opens it. */
import { batch, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { OpenMachine } from "../../lab/session/machine-lifecycle.ts";
import { Button } from "../../lab/view/ui/Button.tsx";
import { prefersReducedMotion } from "../../lab/view/ui/theme.ts";
import { siteRoot } from "../../site-root.ts";
import { projectStrings } from "../../strings/strings.ts";
import type { EvidenceLinks } from "../../tools/audit/page/evidence-link.ts";
import { type Incoming, IntakeError, intakeLimits, type TakenProject } from "../intake/intake-result.ts";
import type { AvailablePackage } from "../packages/assess-packages.ts";
import type { SharedProject } from "../share/shared-project.ts";
import { type ExampleProject, Intake, incomingExample } from "./Intake.tsx";
import { problemSentence } from "./intake-words.ts";
import { keptProject } from "./kept-project.ts";
import { forgetLeftProject, type LeftProject, leftProject } from "./left-project.ts";
import type { OpenProject } from "./open-project.ts";
import "../../lab/view/ui/button.css";
import "./your-app.css";

/** What the page gives. */
export interface YourAppProps {
  readonly examples: readonly ExampleProject[];
  readonly available: readonly AvailablePackage[];
  readonly links: EvidenceLinks;
  /** The host lets readers fetch packages from PyPI: `pypiAllowed`. */
  readonly pypi?: boolean;
  /** It stands in a frame of a course page, and shows the project of its address: none can be dropped. */
  readonly framed?: boolean;
  /** How the machine is opened. Left out: the real way. */
  readonly open?: OpenMachine;
}

/** A project that could be opened now. */
interface Ready {
  readonly taken: TakenProject;
  readonly setUp?: SharedProject;
}

/** Where an intake is. */
type Taking =
  | { readonly kind: "idle" }
  | { readonly kind: "reading" }
  | { readonly kind: "failed"; readonly sentence: string }
  /** Another project is open, and may be lost; or a link has brought this one. */
  | { readonly kind: "asking"; readonly ready: Ready; readonly fromLink: boolean }
  | { readonly kind: "kept" }
  | { readonly kind: "removed"; readonly name: string };

const { drop: words, keep } = projectStrings;
/** Loaded with the first project: the page itself is small. */
const loadProject = async () => ({
  ...(await import("../intake/take-in.ts")),
  ...(await import("../share/shared-project.ts")),
  ...(await import("./open-project.ts")),
  ...(await import("./ProjectLab.tsx")),
});
type ProjectCode = Awaited<ReturnType<typeof loadProject>>;

/** Bytes of a saved project: in base64 its files take a third more. */
const longestSaved = 1.5 * intakeLimits.allBytes;
const savedProject = /\.lab\.json$/i;

/** The island. */
export function YourApp({ examples, available, links, pypi = false, framed = false, open: openMachine }: YourAppProps) {
  const taking = useSignal<Taking>({ kind: "idle" });
  const project = useSignal<OpenProject | undefined>(undefined);
  const kept = useSignal<string | undefined>(undefined);
  const left = useSignal<LeftProject | undefined>(undefined);
  const status = useRef<HTMLDivElement>(null);
  const code = useRef<ProjectCode>();
  const lastId = useRef(0);

  const open = ({ taken, setUp }: Ready) => {
    if (code.current === undefined) return;
    lastId.current += 1;
    project.value = code.current.openProject(lastId.current, taken, available, setUp);
    taking.value = { kind: "idle" };
  };
  /** What was pressed has gone: the keyboard goes on where the page says what came of it. */
  const toStatus = () => status.current?.focus();
  const remove = () => {
    const name = project.value?.taken.name ?? "";
    forgetLeftProject();
    batch(() => {
      project.value = undefined;
      taking.value = { kind: "removed", name };
      kept.value = keptProject(siteRoot());
      left.value = undefined;
    });
    toStatus();
  };
  /** Opens what the page has written itself. */
  const openWritten = (text: string) =>
    read(async (loaded) => {
      const setUp = loaded.readProject(text);
      if (setUp === undefined) throw new Unreadable(keep.badKept);
      return { taken: loaded.takenOf(setUp), setUp };
    });
  /** Reads something, and opens it unless a project is open that would be lost. */
  const read = async (reading: (loaded: ProjectCode) => Promise<Ready>, fromLink = false) => {
    if (taking.value.kind === "reading") return;
    taking.value = { kind: "reading" };
    try {
      code.current = await loadProject();
      const ready = await reading(code.current);
      if (project.value === undefined && !fromLink) open(ready);
      else taking.value = { kind: "asking", ready, fromLink: project.value === undefined };
    } catch (error) {
      taking.value = { kind: "failed", sentence: sentenceOf(error) };
    }
  };
  const take = (incoming: Promise<readonly Incoming[]>) =>
    read(async (loaded) => {
      const found = await incoming;
      const [saved] = found.filter(({ path }) => found.length === 1 && savedProject.test(path));
      return saved ? readSaved(loaded, saved) : { taken: await loaded.takeIn(found) };
    });
  useEffect(() => {
    if (!framed) {
      kept.value = keptProject(siteRoot());
      left.value = leftProject();
    }
    const look = () => {
      const { hash } = location;
      const example = examples.find(({ name }) => hash === `#example=${name}`);
      if (example !== undefined) {
        // A reload must not bring the example as it was in the place of what a reader has made of it.
        history.replaceState(history.state, "", location.pathname + location.search);
        void take(Promise.resolve(incomingExample(example)));
      }
      if (!hash.startsWith("#project=")) {
        if (framed) taking.value = { kind: "failed", sentence: keep.framedOnly };
        return;
      }
      void read(async (loaded) => {
        const setUp = loaded.readProjectLink(hash);
        if (setUp === undefined) throw new Unreadable(keep.badLink);
        return { taken: loaded.takenOf(setUp), setUp };
      }, true);
    };
    look();
    addEventListener("hashchange", look);
    return () => removeEventListener("hashchange", look);
  }, []);
  useStatusInView(status, framed ? "idle" : taking.value.kind, framed ? undefined : project.value?.id);
  const Project = code.current?.ProjectLab;
  return (
    <div class="project">
      {left.value !== undefined && project.value === undefined && (
        <section class="project-panel" aria-label={words.leftOpen(left.value.name)}>
          <p>{words.left(left.value.name, left.value.secrets)}</p>
          <div class="project-buttons">
            <Button weight="main" onPress={() => void openWritten(left.value?.text ?? "")}>
              {words.leftOpen(left.value.name)}
            </Button>
          </div>
        </section>
      )}
      {!framed && (
        <Intake
          examples={examples}
          small={project.value !== undefined}
          pypi={pypi}
          busy={taking.value.kind === "reading"}
          onTake={(incoming) => void take(incoming)}
        />
      )}
      {kept.value !== undefined && project.value === undefined && (
        <p>
          <Button onPress={() => void openWritten(kept.value ?? "")}>{keep.open}</Button>
        </p>
      )}
      <div role="status" class="project-status" ref={status} tabIndex={-1}>
        <TakingState taking={taking.value} project={project.value} />
        {taking.value.kind === "asking" && (
          <div class="project-buttons">
            <Button
              onPress={() => {
                if (taking.value.kind === "asking") open(taking.value.ready);
                toStatus();
              }}
            >
              {taking.value.fromLink ? keep.fromLinkYes : words.replaceYes}
            </Button>
            <Button
              onPress={() => {
                taking.value = { kind: project.value === undefined ? "idle" : "kept" };
                toStatus();
              }}
            >
              {project.value === undefined ? keep.fromLinkNo : words.replaceNo(project.value.taken.name)}
            </Button>
          </div>
        )}
      </div>
      {project.value && Project && (
        <Project
          key={project.value.id}
          project={project.value}
          available={available}
          links={links}
          pypi={pypi}
          {...(openMachine && { open: openMachine })}
          {...(!framed && { onRemove: remove })}
        />
      )}
    </div>
  );
}
export default YourApp;

/**
 * What came of a drop is said below the zone, on a phone below the screen: it comes into view, with what has opened
 * below it. What stands in a frame never moves the page around it.
 */
function useStatusInView(
  status: { readonly current: HTMLElement | null },
  kind: Taking["kind"],
  opened: number | undefined,
): void {
  const shown = useRef<number | undefined>(undefined);
  useEffect(() => {
    const isNew = opened !== undefined && opened !== shown.current;
    shown.current = opened;
    if (!isNew && kind !== "failed" && kind !== "asking") return;
    const behavior = prefersReducedMotion() ? "auto" : "smooth";
    status.current?.scrollIntoView({ block: isNew ? "start" : "nearest", behavior });
  }, [status, kind, opened]);
}

/** What was to be opened is not what it should be. The message is a sentence for the reader. */
class Unreadable extends Error {}

function sentenceOf(error: unknown): string {
  if (error instanceof IntakeError) return problemSentence(error.problem);
  return error instanceof Error ? error.message : String(error);
}

async function readSaved({ readProject, takenOf }: ProjectCode, saved: Incoming): Promise<Ready> {
  if (saved.size > longestSaved)
    throw new IntakeError({ kind: "file too large", path: saved.path, limit: longestSaved });
  const setUp = readProject(new TextDecoder().decode(await saved.read()));
  if (setUp === undefined) throw new Unreadable(keep.badFile(saved.path));
  return { taken: takenOf(setUp), setUp };
}

function TakingState({ taking, project }: { taking: Taking; project: OpenProject | undefined }) {
  const before = project?.taken.name ?? "";
  switch (taking.kind) {
    case "reading":
      return <p>{words.reading}</p>;
    case "failed":
      return (
        <p class="lab-failed">
          {taking.sentence} {project && words.kept(before)}
        </p>
      );
    case "asking": {
      const { name } = taking.ready.taken;
      return <p>{taking.fromLink ? keep.fromLink(name) : words.replace(before, name)}</p>;
    }
    case "kept":
      return <p>{words.kept(before)}</p>;
    case "removed":
      return <p>{keep.removed(taking.name)}</p>;
    case "idle":
      return project ? <p>{words.taken(before, project.taken.files.length)}</p> : null;
  }
}
