/** What systemd refuses, or passes over, in the settings of a unit: keys that it does not know, values that are none. */
import { splitWords } from "../command/placed-word.ts";
import type { Place } from "../findings/finding.ts";
import { type MeantName, meantNames } from "../findings/nearest-name.ts";
import { keyChecks } from "./key-checks.ts";
import known from "./keys.json";
import { type UnitFile, type UnitSetting, valuesOf } from "./unit-file.ts";

/** Something that systemd would complain about. */
export interface UnitProblem extends Place {
  readonly about: string;
}

/** Keys by section, each with the kind of its value. */
const sections: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map(
  Object.entries(known.sections).map(([name, keys]) => [name, new Map(Object.entries(keys))]),
);

/**
 * Keys that came after the version in the table, and those that systemd still takes in their old place. From the manual
 * pages of systemd 258.
 */
const newer: Readonly<Record<string, readonly string[]>> = {
  Unit: ["SurviveFinalKillSignal", "WantsMountsFor", "ConditionVersion", "AssertVersion", "StartLimitInterval"],
  Service: [
    ...["RestartSteps", "RestartMaxDelaySec", "RestartMode", "FileDescriptorStorePreserve", "OpenFile", "ReloadSignal"],
    ...["ExtraFileDescriptors", "RefreshOnReload", "StartLimitInterval", "StartLimitBurst"],
    ...["StartLimitAction", "FailureAction", "SuccessAction", "RebootArgument"],
  ],
  Socket: [
    ...["PollLimitIntervalSec", "PollLimitBurst", "PassPIDFD", "PassFileDescriptorsToExec", "DeferTrigger"],
    ...["DeferTriggerMaxSec", "AcceptFileDescriptors", "XAttrEntryPoint", "XAttrListen", "XAttrAccept"],
  ],
  Timer: ["DeferReactivation"],
  Install: ["UpheldBy"],
};
/** The same, for all sections of units that run a program. */
const newerForPrograms: ReadonlySet<string> = new Set([
  ...[
    "RootImagePolicy",
    "MountImagePolicy",
    "ExtensionImagePolicy",
    "RootEphemeral",
    "RootMStack",
    "SetLoginEnvironment",
  ],
  ...["TTYRows", "TTYColumns", "LogFilterPatterns", "ImportCredential", "PrivatePIDs", "PrivateBPF", "NFTSet"],
  ...["DelegateNamespaces", "DelegateSubgroup", "MemoryPressureWatch", "MemoryPressureThresholdSec", "MemoryKSM"],
  ...["MemoryZSwapWriteback", "MemoryZSwapMax", "StartupMemoryZSwapMax", "StartupMemoryHigh", "StartupMemoryMax"],
  ...["StartupMemorySwapMax", "StartupMemoryLow", "DefaultStartupMemoryLow", "CoredumpReceive", "BindLogSockets"],
  ...["ManagedOOMMemoryPressureDurationSec", "BPFDelegateCommands", "BPFDelegateMaps"],
  ...["BPFDelegatePrograms", "BPFDelegateAttachments", "UserNamespacePath"],
]);

const programs: ReadonlySet<string> = new Set(["Service", "Socket", "Mount", "Swap"]);

/** What is wrong with a value of one kind; undefined if nothing is, or it is not told. */
type ValueCheck = (value: string) => boolean;

/** A part of a span of time, as systemd.time(7) has it. Only the last may be without a unit: those are seconds. */
const unitOfTime =
  "(?:usec|us|μs|µs|msec|ms|seconds?|sec|s|minutes?|min|m|hours?|hr|h|days?|d|weeks?|w|months?|M|years?|y)";
const time = new RegExp(
  `^(?:infinity|(?:\\d+(?:\\.\\d+)?\\s*${unitOfTime}\\s*)*(?:\\d+(?:\\.\\d+)?\\s*${unitOfTime}?))$`,
);
const boolean = /^(?:1|0|yes|no|y|n|true|false|t|f|on|off)$/i;
const signal =
  /^(?:SIG)?(?:HUP|INT|QUIT|ILL|TRAP|ABRT|IOT|BUS|FPE|KILL|USR[12]|SEGV|PIPE|ALRM|TERM|STKFLT|CHLD|CONT|STOP|TSTP|TTIN|TTOU|URG|XCPU|XFSZ|VTALRM|PROF|WINCH|IO|POLL|PWR|SYS|RTMIN(?:\+\d+)?|RTMAX(?:-\d+)?)$|^(?:[1-9]|[1-5]\d|6[0-4])$/i;

const byKind: Readonly<Record<string, ValueCheck>> = {
  // Some of them, ProtectHome= for one, take more words than yes and no; the table does not call those boolean.
  boolean: (value) => boolean.test(value),
  time: (value) => time.test(value),
  signal: (value) => signal.test(value),
};

const words = (...each: string[]): ValueCheck => {
  const all = new Set(each);
  return (value) => all.has(value);
};
/** A file's or folder's full path, with specifiers. */
const isPath: ValueCheck = (value) => /^-?\+?(?:\/|%)/.test(value);
const isUser: ValueCheck = (value) => /^(?:\d+|[A-Za-z_%][\w.%@-]*\$?)$/.test(value);
/** Dependencies are units, and each unit's name says its type. */
const isUnits: ValueCheck = (value) =>
  value
    .split(/\s+/)
    .every((each) =>
      /^["']?[\w@:.\\%-]+(?:\.(?:service|socket|target|device|mount|automount|swap|timer|path|slice|scope)|%\w)["']?$/.test(
        each,
      ),
    );

const byKey: Readonly<Record<string, ValueCheck>> = {
  ...keyChecks,
  Restart: words("no", "on-success", "on-failure", "on-abnormal", "on-watchdog", "on-abort", "always"),
  Type: words("simple", "exec", "forking", "oneshot", "dbus", "notify", "notify-reload", "idle"),
  KillMode: words("control-group", "process", "mixed", "none"),
  NotifyAccess: words("none", "main", "exec", "all"),
  ProtectSystem: (value) => boolean.test(value) || /^(?:full|strict)$/.test(value),
  ProtectHome: (value) => boolean.test(value) || /^(?:read-only|tmpfs)$/.test(value),
  WorkingDirectory: (value) => value === "~" || value === "-~" || isPath(value),
  EnvironmentFile: isPath,
  PIDFile: (value) => !/\s/.test(value),
  User: isUser,
  Group: isUser,
  UMask: (value) => /^[0-7]{1,4}$/.test(value),
  LimitNOFILE: (value) => /^(?:\d+|infinity)(?::(?:\d+|infinity))?$/.test(value),
  ...Object.fromEntries(
    [
      "After",
      "Before",
      "Wants",
      "Requires",
      "Requisite",
      "BindsTo",
      "PartOf",
      "Conflicts",
      "WantedBy",
      "RequiredBy",
    ].map((key) => [key, isUnits]),
  ),
};

/** What systemd would say of a unit's sections, keys and values. */
export function problemsOf(unit: UnitFile): readonly UnitProblem[] {
  const meant = meantNames();
  return [
    ...unit.sections.flatMap((section) => problemOfSection(section, meant)),
    ...unit.settings.flatMap((setting) => problemsOfSetting(setting, meant)),
    ...doubled(unit),
    ...contradictions(unit),
  ];
}

function problemOfSection({ name, from, to }: UnitFile["sections"][number], near: MeantName): readonly UnitProblem[] {
  if (sections.has(name) || name.startsWith("X-")) return [];
  const meant = nearest(name, sections.keys(), near);
  return [{ about: meant === undefined ? `[${name}]` : `[${name}] ([${meant}]?)`, from, to }];
}

/** The nearest name; capitals alone make no difference to what was meant, though they do to systemd. */
function nearest(name: string, all: Iterable<string>, near: MeantName): string | undefined {
  const names = [...all];
  return names.find((each) => each.toLowerCase() === name.toLowerCase()) ?? near(name, names);
}

function problemsOfSetting(setting: UnitSetting, near: MeantName): readonly UnitProblem[] {
  const { section, key, value } = setting;
  const keys = sections.get(section);
  if (keys === undefined || key.startsWith("X-")) return [];
  const place = { from: setting.from, to: setting.to };
  const isNewer = newer[section]?.includes(key) || (programs.has(section) && newerForPrograms.has(key));
  const kind = keys.get(key);
  if (kind === undefined && !isNewer) {
    const elsewhere = [...sections].find(([, each]) => each.has(key))?.[0];
    const meant = elsewhere === undefined ? nearest(key, keys.keys(), near) : `[${elsewhere}]`;
    return [{ about: meant === undefined ? `${key}=` : `${key}= (${meant}?)`, ...place }];
  }
  if (value.includes("\uFFFD")) return [{ about: `${key}= is no UTF-8`, ...place }];
  if (value === "") return [];
  const unresolved = /^(?:Exec|Environment$)/.test(key) ? unknownSpecifier(value) : undefined;
  if (unresolved !== undefined) return [{ about: `${key}=… ${unresolved}`, ...place }];
  if (key === "Environment") return problemsOfEnvironment(setting);
  // A specifier (%i) may stand for any value.
  const check = byKey[key] ?? byKind[kind ?? ""];
  if (check === undefined || check(value) || (/%[A-Za-z]/.test(value) && check !== isUnits)) return [];
  return [{ about: `${key}=${value}`.slice(0, 60), ...place }];
}

/** A per cent sign with a letter or digit that is no specifier (`date +%F`): it has to be written twice. */
function unknownSpecifier(value: string): string | undefined {
  return value
    .replaceAll("%%", "")
    .match(/%[a-zA-Z0-9]/g)
    ?.find((each) => !/%[aAbBCdDEfgGhHiIjJlLmMnNopPqsStTuUvVwWyY]/.test(each));
}

/** `Environment=A=b "C=d e"`: words that assign nothing are passed over, a quote that is open undoes the line. */
function problemsOfEnvironment({ value, from, to }: UnitSetting): readonly UnitProblem[] {
  const { words: assigned, mistake } = splitWords(value, { from: 0, expands: /\$^/, escapesInSingleQuotes: true });
  if (mistake !== undefined) return [{ about: mistake.message, from, to }];
  const wrong = assigned.find(({ text }) => !/^[A-Za-z_]\w*=/.test(text));
  return wrong === undefined ? [] : [{ about: `Environment=… ${wrong.text}`.slice(0, 60), from, to }];
}

/** Settings that systemd refuses beside one another: the service does not start. */
function contradictions(unit: UnitFile): readonly UnitProblem[] {
  const last = (key: string) => valuesOf(unit, "Service", key).at(-1);
  const [type, restart] = [last("Type"), last("Restart")];
  if (type?.value === "oneshot" && restart !== undefined && /^(?:always|on-success)$/.test(restart.value)) {
    return [{ about: `Restart=${restart.value} with Type=oneshot`, from: restart.from, to: restart.to }];
  }
  if (type?.value === "dbus" && last("BusName") === undefined) {
    return [{ about: "Type=dbus without BusName=", from: type.from, to: type.to }];
  }
  // A part that is laid over another unit has no [Install]; what it does not start, the other one does.
  const service = unit.sections.find(({ name }) => name === "Service");
  const isWhole = unit.sections.some(({ name }) => name === "Install");
  if (service !== undefined && isWhole && last("ExecStart") === undefined) {
    const stops = last("ExecStop") ?? valuesOf(unit, "Unit", "SuccessAction").at(-1);
    if (stops === undefined) return [{ about: "[Service] without ExecStart=", from: service.from, to: service.to }];
  }
  return [];
}

/** More than one `ExecStart=` is for services that come to an end. */
function doubled(unit: UnitFile): readonly UnitProblem[] {
  const [, second] = valuesOf(unit, "Service", "ExecStart");
  const type = valuesOf(unit, "Service", "Type").at(-1)?.value;
  return second === undefined || type === "oneshot"
    ? []
    : [{ about: "ExecStart= twice", from: second.from, to: second.to }];
}
