/** What stands before a server's name: programs that start others. */
import type { PlacedVariable, PlacedWord } from "./placed-word.ts";

/** What stands before a server's name, as far as it has been read. */
export interface Start {
  /** What has not been read. The first one is the program that is looked at. */
  readonly words: PlacedWord[];
  readonly environment: PlacedVariable[];
  asRoot: boolean;
  unwatched: boolean;
}

/**
 * One way to start a program by another. Answers how many words it takes off the beginning; none if it is another way;
 * undefined if this can start no server that the audit knows.
 */
type Launcher = (start: Start, program: string) => number | undefined;

/** These are followed by their options and then by the program; the options that take a value. */
const wrappers: Readonly<Record<string, RegExp>> = {
  env: /^(?:-u|-C|--unset|--chdir)$/,
  exec: /^-a$/,
  command: /^$/,
  time: /^-[fo]$/,
  nice: /^-n$/,
  ionice: /^-[cn]$/,
  setsid: /^$/,
  stdbuf: /^-[ioe]$/,
  tini: /^-[pv]$/,
  "dumb-init": /^--rewrite$/,
  catchsegv: /^$/,
  "ddtrace-run": /^$/,
  "opentelemetry-instrument": /^--\w+$/,
  authbind: /^--depth$/,
  "xvfb-run": /^$/,
  start: /^$/,
};
/** These are followed by a word of their own, and then by the program. */
const withWord: ReadonlySet<string> = new Set(["timeout", "gosu", "su-exec", "chpst", "setuidgid", "flock", "chroot"]);
/** `poetry run gunicorn`. */
const runners: ReadonlySet<string> = new Set([
  ...["poetry", "pipenv", "uv", "pdm", "hatch", "rye", "pixi", "dotenv", "conda", "mamba", "heroku", "honcho"],
]);
const assignment = /^([A-Za-z_]\w*)=/;

/** A program's name without its folders. */
export function programName(text: string): string {
  return text.split("/").at(-1) ?? "";
}

const launchers: readonly Launcher[] = [
  ({ words: [first], environment }) => {
    const [beginning, name] = assignment.exec(first?.text ?? "") ?? [];
    if (first === undefined || beginning === undefined || name === undefined) return 0;
    environment.push({ ...first, name, text: first.text.slice(beginning.length) });
    return 1;
  },
  (start, program) => {
    if (program !== "sudo" && program !== "doas") return 0;
    const { user, length } = sudoOptions(start.words);
    start.asRoot = user === "root";
    return length;
  },
  (start, program) => {
    if (program !== "nohup") return 0;
    start.unwatched = true;
    return 1;
  },
  ({ words }, program) => {
    if (program === "newrelic-admin") return 2;
    if (!runners.has(program)) return 0;
    const at = words.findIndex(({ text }) => text === "run");
    return at === -1
      ? undefined
      : at +
          1 +
          optionsAt(
            words.slice(at + 1),
            /^(?:-[nprf]|--name|--prefix|--file|--with|--extra|--group|--python|--env-file)$/,
          );
  },
  ({ words }, program) => {
    if (!/^(python|pypy)[\d.]*$/.test(program)) return 0;
    const at = words.findIndex(({ text }) => text === "-m");
    const onlyOptions = at !== -1 && words.slice(1, at).every(({ text }) => text.startsWith("-"));
    return onlyOptions ? at + 1 : undefined;
  },
  (start, program) => containerOptions(start, program),
  ({ words }, program) => (withWord.has(program) ? 2 + optionsAt(words.slice(1), /^(?:-[ksu]|--signal)$/) : 0),
  (start, program) => {
    if (program !== "screen") return 0;
    start.unwatched = start.words.some(({ text }) => /^-\w*d/.test(text));
    return 1 + optionsAt(start.words.slice(1), /^-(?:\w*S|[chpstT])$/);
  },
  ({ words }, program) => {
    const valued = Object.hasOwn(wrappers, program) ? wrappers[program] : undefined;
    return valued === undefined ? 0 : 1 + optionsAt(words.slice(1), valued);
  },
];

/** How many words options and their values are, at the beginning of `words`; `--` is the last of them. */
function optionsAt(words: readonly PlacedWord[], valued: RegExp): number {
  let length = 0;
  for (;;) {
    const option = words[length]?.text ?? "";
    if (!option.startsWith("-")) return length;
    length += 1;
    if (option === "--") return length;
    if (valued.test(option)) length += 1;
  }
}

/** For whom `sudo` runs a program, and how many words it and its options are. */
function sudoOptions(words: readonly PlacedWord[]): { readonly user: string; readonly length: number } {
  const valued = /^(?:-\w*[ugCDhpRTU]|--user|--group|--chdir|--host|--prompt)$/;
  const length = 1 + optionsAt(words.slice(1), valued);
  let user = "root";
  for (const [at, { text }] of words.slice(0, length).entries()) {
    if (text.startsWith("--user=")) user = text.slice("--user=".length);
    else if (/^(?:-\w*u|--user)$/.test(text)) user = words[at + 1]?.text ?? "";
    else if (/^-u./.test(text)) user = text.slice(2);
  }
  return { user, length };
}

/** Options of `docker run` and its relatives that take no value. */
const switches = new RegExp(
  "^(?:-[ditPqTA]+|--(?:rm|init|privileged|detach|interactive|tty|publish-all|read-only|no-healthcheck|build|quiet|" +
    "oom-kill-disable|sig-proxy|service-ports|no-deps|use-aliases|remove-orphans|stdin|replace))$",
);

/**
 * `docker run -p 80:80 image gunicorn …`, `docker compose exec web gunicorn …`, `kubectl exec pod -- gunicorn …`: all
 * that stands before the program in the container.
 */
function containerOptions(start: Start, program: string): number | undefined {
  if (!/^(?:docker|podman|nerdctl|docker-compose|kubectl)$/.test(program)) return 0;
  const { words, environment } = start;
  let at = words.findIndex(({ text }) => text === "run" || text === "exec");
  if (at === -1) return undefined;
  at += 1;
  while (words[at]?.text.startsWith("-")) {
    const option = words[at];
    const [, attached] = /^--env=(.*)$/.exec(option?.text ?? "") ?? [];
    const value = words[at + 1];
    const variable = attached ?? (/^(?:-e|--env)$/.test(option?.text ?? "") ? value?.text : undefined);
    const [, name = "", text = ""] = /^(\w+)=([\s\S]*)$/.exec(variable ?? "") ?? [];
    const said = attached === undefined ? value : option;
    if (name !== "" && said !== undefined) environment.push({ ...said, name, text });
    at += switches.test(option?.text ?? "") || /^--[\w-]+=/.test(option?.text ?? "") ? 1 : 2;
  }
  // The image, or the container.
  at += 1;
  if (words[at]?.text === "--") at += 1;
  return at < words.length ? at : undefined;
}

/** Takes off all that stands before a server's name. False if that starts no server. */
export function passLaunchers(start: Start): boolean {
  for (;;) {
    const [first] = start.words;
    if (first === undefined) return false;
    let length: number | undefined = 0;
    for (const launcher of launchers) {
      length = launcher(start, programName(first.text));
      if (length !== 0) break;
    }
    if (length === undefined) return false;
    if (length === 0) return true;
    start.words.splice(0, length);
  }
}
