/** What a project is, which commands are proposed and why, and what could not be told. */
import type { ComponentChildren } from "preact";
import { Button } from "../../lab/view/ui/Button.tsx";
import { useUniqueId } from "../../lab/view/ui/use-unique-id.ts";
import { projectStrings } from "../../strings/strings.ts";
import type { TakenProject } from "../intake/intake-result.ts";
import type { AssessedPackage } from "../packages/assess-packages.ts";
import type { Problem, Recognition, Task } from "../recognise/recognition.ts";
import { noteSentence } from "./intake-words.ts";
import { doubtSentence, packageWords, reasonWords, troubleSentence } from "./recognition-words.ts";

const words = projectStrings.what;

interface WhatItIsProps {
  readonly taken: TakenProject;
  readonly recognition: Recognition;
  readonly packages: readonly AssessedPackage[];
  readonly chosenTasks: ReadonlySet<string>;
  readonly onTask: (task: Task, chosen: boolean) => void;
  /** Shows a file. */
  readonly onFile: (path: string) => void;
  /** What can be done about packages that are not here. */
  readonly children?: ComponentChildren;
}

/** The region. */
export function WhatItIs({ taken, recognition, packages, chosenTasks, onTask, onFile, children }: WhatItIsProps) {
  const { app, doubts, problems, tasks } = recognition;
  return (
    <section class="project-panel" aria-label={words.region}>
      <h2>{words.region}</h2>
      <p>{app ? words.found(words.kinds[app.kind], app.path) : words.notFound}</p>
      {app && (
        <dl class="project-commands">
          {([app.development, app.production] as const).map(({ command, reason }, index) => (
            <div key={index === 0 ? "development" : "production"}>
              <dt>{index === 0 ? words.development : words.production}</dt>
              <dd>
                <code>{command}</code> <span class="project-muted">({reasonWords(reason)})</span>
              </dd>
            </div>
          ))}
        </dl>
      )}
      <Problems problems={problems} onFile={onFile} />
      <Sentences heading={words.doubts} sentences={doubts.map(doubtSentence)} />
      <Sentences heading="" sentences={taken.notes.map(noteSentence)} />
      {tasks.length > 0 && <Tasks tasks={tasks} chosen={chosenTasks} onTask={onTask} />}
      <Packages packages={packages} />
      {children}
      <LeftOutList taken={taken} />
    </section>
  );
}

/** What will go wrong, each beside the way to where it is mended. */
function Problems({ problems, onFile }: { problems: readonly Problem[]; onFile: WhatItIsProps["onFile"] }) {
  if (problems.length === 0) return null;
  return (
    <>
      <h3>{words.problems}</h3>
      <ul class="project-trouble">
        {problems.map((problem) => {
          const sentence = troubleSentence(problem);
          const path = "path" in problem ? problem.path : undefined;
          return (
            <li key={sentence}>
              {sentence}{" "}
              {path !== undefined && (
                <Button weight="quiet" onPress={() => onFile(path)}>
                  {projectStrings.files.editor(path)}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
}

interface SentencesProps {
  readonly heading: string;
  readonly sentences: readonly string[];
}

function Sentences({ heading, sentences }: SentencesProps) {
  if (sentences.length === 0) return null;
  return (
    <>
      {heading !== "" && <h3>{heading}</h3>}
      <ul>
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </>
  );
}

interface TasksProps {
  readonly tasks: readonly Task[];
  readonly chosen: ReadonlySet<string>;
  readonly onTask: (task: Task, chosen: boolean) => void;
}

function Tasks({ tasks, chosen, onTask }: TasksProps) {
  const id = useUniqueId("project-tasks");
  return (
    <fieldset class="project-tasks" aria-describedby={id}>
      <legend>{words.tasks}</legend>
      <p id={id} class="project-muted">
        {projectStrings.tasks.intro}
      </p>
      {tasks.map((task) => (
        <label key={task.command}>
          <input
            type="checkbox"
            checked={chosen.has(task.command)}
            onChange={({ currentTarget }) => onTask(task, currentTarget.checked)}
          />{" "}
          {projectStrings.tasks[task.kind]}: <code>{task.command}</code>
        </label>
      ))}
    </fieldset>
  );
}

function Packages({ packages }: { packages: readonly AssessedPackage[] }) {
  return (
    <>
      <h3>{words.packages}</h3>
      {packages.length === 0 && <p>{projectStrings.packages.none}</p>}
      {packages.length > 0 && (
        <ul class="project-packages">
          {packages.map(({ name, state }) => (
            <li key={name} data-state={state.kind}>
              <strong>{name}</strong>: {packageWords(state)}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function LeftOutList({ taken: { leftOut } }: { taken: TakenProject }) {
  if (leftOut.length === 0) return null;
  const { heading, reasons } = projectStrings.leftOut;
  return (
    <details>
      <summary>{heading(leftOut.length)}</summary>
      <ul>
        {leftOut.map(({ path, reason }) => (
          <li key={path}>
            <code>{path}</code>: {reasons[reason]}
          </li>
        ))}
      </ul>
    </details>
  );
}
