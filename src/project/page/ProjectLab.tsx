/** An open project: what it is, its lab, its files, its routes, and what differs. */
import { useComputed, useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { sideNames } from "../../lab/basics/sides.ts";
import { Lab } from "../../lab/Lab.tsx";
import { labSession } from "../../lab/session/lab-registry.ts";
import type { LabSession } from "../../lab/session/lab-session.ts";
import type { OpenMachine } from "../../lab/session/machine-lifecycle.ts";
import { prefersReducedMotion } from "../../lab/view/ui/theme.ts";
import { siteRoot } from "../../site-root.ts";
import type { EvidenceLinks } from "../../tools/audit/page/evidence-link.ts";
import { backgroundWork } from "../differences/background-work.ts";
import { findDifferences } from "../differences/find-differences.ts";
import { changedVariables } from "../differences/state-in-variables.ts";
import type { ProjectFile } from "../files/project-file.ts";
import { type AvailablePackage, assessPackages, installLine, packagesHere } from "../packages/assess-packages.ts";
import { readModules } from "../recognise/python-module.ts";
import { recognise } from "../recognise/recognise.ts";
import type { Task } from "../recognise/recognition.ts";
import { plansOf, rowsOf } from "../routes/plans.ts";
import type { PlannedRow } from "../routes/route.ts";
import { type SharedProject, writeProject } from "../share/shared-project.ts";
import { askForms, askRoutes, askRow, observe } from "./ask-app.ts";
import { auditProject, type ProjectFinding } from "./audit-project.ts";
import { FromPypi } from "./FromPypi.tsx";
import { withForms } from "./forms.ts";
import { KeepAndShare } from "./KeepAndShare.tsx";
import { keepLeftProject } from "./left-project.ts";
import type { OpenProject } from "./open-project.ts";
import { ProjectFiles } from "./ProjectFiles.tsx";
import { type RoutesOrigin, RoutesTable } from "./RoutesTable.tsx";
import { type RowAnswers, rowKey, withoutRefused } from "./row-answers.ts";
import { type Look, WhatDiffers } from "./WhatDiffers.tsx";
import { WhatItIs } from "./WhatItIs.tsx";

/** The lab's name among those of the page. */
export const labName = "your-app";

/** What the files say is looked at again when nothing was typed for this long, in milliseconds. */
const lookAfter = 600;

interface ProjectLabProps {
  readonly project: OpenProject;
  readonly available: readonly AvailablePackage[];
  readonly links: EvidenceLinks;
  /** The host lets readers fetch packages from PyPI. */
  readonly pypi: boolean;
  /** How the machine is opened. Left out: the real way. */
  readonly open?: OpenMachine;
  /** Takes the project from the page. Left out: it came with the page, which brings it again. */
  readonly onRemove?: () => void;
}

/** The project. */
export function ProjectLab({ project, available, links, pypi, open, onRemove }: ProjectLabProps) {
  const session = labSession(labName).value;
  const chosenFile = useSignal<string | undefined>(project.recognition.app?.path);
  const filesPlace = useRef<HTMLElement>(null);
  const said = useWhatFilesSay(project, available, session);
  const tasks = useSignal<ReadonlySet<string>>(new Set(usualTasks(project)));
  const preparation = useComputed(() => {
    const install = installLine(said.value.packages);
    return [...(install === undefined ? [] : [install]), ...tasks.value];
  });
  useSignalEffect(() => labSession(labName).value?.prepareWith(preparation.value));
  const routes = useRoutes(project, () => preparation.peek());
  const differences = useDifferences(routes.rows);
  useKeptWhenLeft(session && onRemove ? () => sharedOf(project, session, routes.rows.peek()) : undefined);
  const running = session !== undefined && sideNames.every((side) => session.sides[side].port.value !== undefined);
  /** Shows a file where files are edited, which may be out of sight. */
  const showFile = (path: string) => {
    chosenFile.value = path;
    filesPlace.current?.focus({ preventScroll: true });
    filesPlace.current?.scrollIntoView({ block: "start", behavior: prefersReducedMotion() ? "auto" : "smooth" });
  };
  const choose = (task: Task, wanted: boolean) => {
    const changed = new Set(tasks.value);
    if (wanted) changed.add(task.command);
    else changed.delete(task.command);
    tasks.value = changed;
  };
  return (
    <>
      <WhatItIs
        taken={project.taken}
        recognition={said.value.recognition}
        packages={said.value.packages}
        chosenTasks={tasks.value}
        onTask={choose}
        onFile={showFile}
      >
        {pypi && session && (
          <FromPypi
            session={session}
            packages={said.value.packages}
            here={() => packagesHere(filesOf(session), available)}
          />
        )}
      </WhatItIs>
      <div class="lab" id={`lab-${labName}`}>
        <Lab
          name={labName}
          definition={project.definition}
          files={project.texts}
          own={project.own}
          {...(open && { open })}
        />
      </div>
      {session && <ProjectFiles session={session} name={project.taken.name} chosen={chosenFile} place={filesPlace} />}
      <RoutesTable
        rows={routes.rows}
        origin={routes.origin.value}
        answers={routes.answers.value}
        checking={routes.checking.value}
        running={running}
        onCheck={() => void routes.check()}
        onEdit={routes.edited}
      />
      <WhatDiffers
        look={differences.look.value}
        running={running}
        findings={said.value.findings}
        links={links}
        root={siteRoot().href}
        onLook={() => void differences.lookNow()}
        onFile={showFile}
      />
      {session && (
        <KeepAndShare current={() => sharedOf(project, session, routes.rows.peek())} {...(onRemove && { onRemove })} />
      )}
    </>
  );
}

/**
 * A reload, or a link that is followed, loses nothing: the tab keeps the project as it stands. One that is too large to
 * be kept is asked about by the browser itself.
 *
 * @param current the project; left out: there is none to be kept
 */
function useKeptWhenLeft(current: (() => SharedProject) | undefined): void {
  const latest = useRef(current);
  latest.current = current;
  useEffect(() => {
    const listening = new AbortController();
    const { signal } = listening;
    const keep = (): boolean => {
      const project = latest.current?.();
      return project === undefined || keepLeftProject(project, writeProject(project));
    };
    addEventListener("pagehide", keep, { signal });
    addEventListener("beforeunload", (event) => void (keep() || event.preventDefault()), { signal });
    // What was scrolled to is not there after a reload; the way to open the project again is at the top.
    history.scrollRestoration = "manual";
    return () => {
      listening.abort();
      history.scrollRestoration = "auto";
    };
  }, []);
}

/** The project as it stands. */
function sharedOf(project: OpenProject, session: LabSession, rows: readonly PlannedRow[]): SharedProject {
  return {
    name: project.taken.name,
    files: filesOf(session),
    commands: {
      development: session.sides.development.line.text.peek(),
      production: session.sides.production.line.text.peek(),
    },
    rows,
  };
}

function filesOf(session: LabSession): readonly ProjectFile[] {
  return [
    ...session.files.peek().map((file) => ({ kind: "text", ...file }) as const),
    ...session.assets.peek().map((file) => ({ ...file, kind: "bytes", bytes: new Uint8Array(file.bytes) }) as const),
  ];
}

/** Tables that Django needs; what would empty a database is left to the reader. */
function usualTasks({ recognition: { tasks } }: OpenProject): readonly string[] {
  return tasks.filter(({ kind }) => kind !== "init").map(({ command }) => command);
}

/** What the files say, and say again after they were changed. */
function useWhatFilesSay(
  project: OpenProject,
  available: readonly AvailablePackage[],
  session: LabSession | undefined,
) {
  const said = useSignal<{
    readonly recognition: OpenProject["recognition"];
    readonly packages: OpenProject["packages"];
    readonly findings: readonly ProjectFinding[];
  }>({ recognition: project.recognition, packages: project.packages, findings: [] });
  useEffect(() => {
    if (session === undefined) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      const files = filesOf(session);
      const [development, production] = sideNames.map((side) => session.sides[side].line.text.peek());
      said.value = {
        recognition: recognise(files),
        packages: assessPackages(files, readModules(files), available),
        findings: auditProject(session.files.peek(), { development: development ?? "", production: production ?? "" }),
      };
    };
    const soon = () => {
      clearTimeout(timer);
      timer = setTimeout(look, lookAfter);
    };
    const stops = [
      session.files.subscribe(soon),
      session.assets.subscribe(soon),
      ...sideNames.map((side) => session.sides[side].line.text.subscribe(soon)),
    ];
    return () => {
      clearTimeout(timer);
      for (const stop of stops) stop();
    };
  }, [session, said, available]);
  return said;
}

/** The routes: the source's until both sides run, then the app's own; and the plans that are made of them. */
function useRoutes(project: OpenProject, preparation: () => readonly string[]) {
  const rows = useSignal<readonly PlannedRow[]>(project.rows);
  const origin = useSignal<RoutesOrigin>({ kind: "source" });
  const answers = useSignal<RowAnswers>(new Map());
  const checking = useSignal(false);
  const edited = useRef(project.setUp);
  const asked = useRef(false);
  useSignalEffect(() => labSession(labName).value?.load.replacePlans(plansOf(rows.value)));

  const check = async () => {
    const session = labSession(labName).peek();
    if (session === undefined || checking.peek()) return;
    checking.value = true;
    for (const row of rows.peek()) {
      if (row.weight === 0) continue;
      const [development, production] = await Promise.all([
        askRow(session, "development", row),
        askRow(session, "production", row),
      ]);
      answers.value = new Map([...answers.peek(), [rowKey(row), { development, production }]]);
    }
    checking.value = false;
  };
  const ask = async (session: LabSession) => {
    origin.value = { kind: "asking" };
    try {
      const routes = await askRoutes(session, project.recognition, preparation());
      origin.value = { kind: routes === undefined ? "source" : "app" };
      if (routes !== undefined && routes.length > 0 && !edited.current) rows.value = rowsOf(routes);
    } catch (error) {
      origin.value = { kind: "failed", why: error instanceof Error ? error.message : String(error) };
    }
    if (session.load.running.peek()) return;
    const forms = await askForms(session, rows.peek());
    if (!edited.current) rows.value = withForms(rows.peek(), forms);
    await check();
    if (!edited.current) rows.value = withoutRefused(rows.peek(), answers.peek());
  };
  useSignalEffect(() => {
    const session = labSession(labName).value;
    if (session === undefined || asked.current) return;
    if (sideNames.some((side) => session.sides[side].phase.value.kind !== "running")) return;
    // A load test has the machine for itself: the app is asked after it.
    if (session.load.running.value || session.gettingReady.value) return;
    asked.current = true;
    void ask(session);
  });
  return {
    rows,
    origin,
    answers,
    checking,
    check,
    edited: () => {
      edited.current = true;
    },
  };
}

/** What differs, looked at after each load test that has come to its end. */
function useDifferences(rows: { peek(): readonly PlannedRow[] }) {
  const look = useSignal<Look>({ kind: "not yet" });
  const lookNow = async () => {
    const session = labSession(labName).peek();
    if (session === undefined || look.peek().kind === "looking") return;
    look.value = { kind: "looking" };
    const seen = await observe(session, rows.peek());
    const { workers, command } = seen.production;
    const modules = workers < 2 ? [] : readModules(filesOf(session));
    look.value = {
      kind: "found",
      differences: [
        ...findDifferences(seen),
        ...changedVariables(modules).map((variable) => ({ kind: "state in a variable", ...variable }) as const),
        ...backgroundWork(modules, command).map((work) => ({ kind: "background work", workers, ...work }) as const),
      ],
    };
  };
  const last = useRef<unknown>(undefined);
  useSignalEffect(() => {
    const session = labSession(labName).value;
    const result = session?.load.result.value;
    if (session === undefined || result?.complete !== true || session.load.running.value || last.current === result)
      return;
    last.current = result;
    void lookNow();
  });
  return { look, lookNow };
}
