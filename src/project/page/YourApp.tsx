/** The page on which readers run their own app: takes a project in, and opens it. */
import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { Button } from "../../lab/view/ui/Button.tsx";
import { projectStrings } from "../../strings/strings.ts";
import type { EvidenceLinks } from "../../tools/audit/page/evidence-link.ts";
import { type Incoming, IntakeError, type TakenProject } from "../intake/intake-result.ts";
import type { AvailablePackage } from "../packages/assess-packages.ts";
import { type ExampleProject, Intake } from "./Intake.tsx";
import { problemSentence } from "./intake-words.ts";
import type { OpenProject } from "./open-project.ts";
import "../../lab/view/ui/button.css";
import "./your-app.css";

/** What the page gives. */
export interface YourAppProps {
  readonly examples: readonly ExampleProject[];
  readonly available: readonly AvailablePackage[];
  readonly links: EvidenceLinks;
}

/** Where an intake is. */
type Taking =
  | { readonly kind: "idle" }
  | { readonly kind: "reading" }
  | { readonly kind: "failed"; readonly sentence: string }
  /** Another project is open, and may be lost. */
  | { readonly kind: "asking"; readonly taken: TakenProject }
  | { readonly kind: "kept" };

const words = projectStrings.drop;
/** Loaded with the first project: the page itself is small. */
const loadProject = async () => ({
  ...(await import("../intake/take-in.ts")),
  ...(await import("./open-project.ts")),
  ...(await import("./ProjectLab.tsx")),
});

/** The island. */
export function YourApp({ examples, available, links }: YourAppProps) {
  const taking = useSignal<Taking>({ kind: "idle" });
  const project = useSignal<OpenProject | undefined>(undefined);
  const code = useRef<Awaited<ReturnType<typeof loadProject>>>();
  const lastId = useRef(0);

  const open = (taken: TakenProject) => {
    if (code.current === undefined) return;
    lastId.current += 1;
    project.value = code.current.openProject(lastId.current, taken, available);
    taking.value = { kind: "idle" };
  };
  const take = async (incoming: Promise<readonly Incoming[]>) => {
    if (taking.value.kind === "reading") return;
    taking.value = { kind: "reading" };
    try {
      const [found, loaded] = await Promise.all([incoming, loadProject()]);
      code.current = loaded;
      const taken = await loaded.takeIn(found);
      if (project.value === undefined) open(taken);
      else taking.value = { kind: "asking", taken };
    } catch (error) {
      taking.value = {
        kind: "failed",
        sentence: error instanceof IntakeError ? problemSentence(error.problem) : String(error),
      };
    }
  };
  const before = project.value?.taken.name ?? "";
  const Project = code.current?.ProjectLab;
  return (
    <div class="project">
      <Intake
        examples={examples}
        small={project.value !== undefined}
        busy={taking.value.kind === "reading"}
        onTake={(incoming) => void take(incoming)}
      />
      <div role="status" class="project-status">
        <TakingState taking={taking.value} project={project.value} />
        {taking.value.kind === "asking" && (
          <div class="project-buttons">
            <Button
              onPress={() => {
                if (taking.value.kind === "asking") open(taking.value.taken);
              }}
            >
              {words.replaceYes}
            </Button>
            <Button
              onPress={() => {
                taking.value = { kind: "kept" };
              }}
            >
              {words.replaceNo(before)}
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
          onSession={() => {}}
        />
      )}
    </div>
  );
}
export default YourApp;

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
    case "asking":
      return <p>{words.replace(before, taking.taken.name)}</p>;
    case "kept":
      return <p>{words.kept(before)}</p>;
    case "idle":
      return project ? <p>{words.taken(before, project.taken.files.length)}</p> : null;
  }
}
