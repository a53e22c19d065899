/** The sentences of what a project is. */
import { projectStrings } from "../../strings/strings.ts";
import type { PackageState } from "../packages/assess-packages.ts";
import type { Doubt, Problem, ProposalReason } from "../recognise/recognition.ts";

/** Why a command line is proposed. */
export function reasonWords(reason: ProposalReason): string {
  const { reasons } = projectStrings;
  switch (reason.kind) {
    case "flask run":
      return reasons.flaskRun(reason.debug);
    case "quart run":
      return reasons.quartRun;
    case "runserver":
      return reasons.runserver;
    case "uvicorn reload":
      return reasons.uvicornReload;
    case "own main":
      return reasons.ownMain(reason.path);
    case "gunicorn reload":
      return reasons.gunicornReload;
    case "gunicorn workers":
      return reasons.gunicornWorkers;
    case "gunicorn config":
      return reasons.gunicornConfig(reason.path);
    case "waitress required":
      return reasons.waitressRequired;
    case "uvicorn workers":
      return reasons.uvicornWorkers;
    case "hypercorn workers":
      return reasons.hypercornWorkers;
    case "from file":
      return reasons.fromFile(reason.path);
  }
}

/** What could not be told. */
export function doubtSentence(doubt: Doubt): string {
  const { doubts } = projectStrings;
  switch (doubt.kind) {
    case "several apps":
      return doubts.severalApps(doubt.taken, doubt.others);
    case "factory needs arguments":
      return doubts.factoryNeedsArguments(doubt.path, doubt.name);
    case "in a folder":
      return doubts.inAFolder(doubt.folder);
    case "unknown program":
      return doubts.unknownProgram(doubt.path, doubt.program);
    case "unreadable command":
      return doubts.unreadableCommand(doubt.path, doubt.line);
    case "app without a name":
      return doubts.appWithoutName(doubt.path);
    case "port of its own":
      return doubts.portOfItsOwn(doubt.path, doubt.line, doubt.port);
    case "needs variable":
      return doubts.needsVariable(doubt.path, doubt.line, doubt.name);
  }
}

/** What will go wrong, and what to do. */
export function troubleSentence(problem: Problem): string {
  const { trouble } = projectStrings;
  switch (problem.kind) {
    case "no app":
      return trouble.noApp(problem.hasPython);
    case "not python":
      return trouble.notPython(problem.path, problem.line);
    case "runs at import":
      return trouble.runsAtImport(problem.path, problem.line, problem.call);
    case "thread at import":
      return trouble.threadAtImport(problem.path, problem.line);
    case "database server": {
      const { sqliteInstead: instead } = trouble;
      const relational = problem.server !== "MongoDB" && problem.server !== "Redis";
      const what = problem.django ? instead.django : relational ? instead.other : instead.none;
      return `${trouble.databaseServer(problem.path, problem.server)} ${what}`;
    }
    case "shadows package":
      return trouble.shadowsPackage(problem.path, problem.name);
  }
}

/** What became of a package. */
export function packageWords(state: PackageState): string {
  const { packages } = projectStrings;
  switch (state.kind) {
    case "here":
      return state.builtIn ? packages.here(state.version) : packages.toInstall(state.version);
    case "other version":
      return packages.otherVersion(state.version, state.wanted);
    case "absent":
      return packages.absent;
    case "native":
      return packages.native(packages.advice[state.instead]);
  }
}
