/** Which values systemd takes for keys that have a grammar of their own: by its manual pages, and held against `systemd-analyze verify`. */

/** Whether systemd takes a value. */
type ValueCheck = (value: string) => boolean;

const boolean = /^(?:1|0|yes|no|y|n|true|false|t|f|on|off)$/i;

/** One of some words. */
function words(...each: string[]): ValueCheck {
  return (value) => each.includes(value);
}

/** A whole number within bounds. */
function within(least: number, most: number): ValueCheck {
  return (value) => /^[-+]?\d+$/.test(value) && Number(value) >= least && Number(value) <= most;
}

/** Blanks between values of which each is one. */
function eachOf(check: ValueCheck): ValueCheck {
  return (value) => value.split(/\s+/).every((each) => check(each.replace(/^["']|["']$/g, "")));
}

const isSize: ValueCheck = (value) =>
  /^(?:infinity|\d+(?:\.\d+)?\s*[KMGTPE]?B?|\d+(?:\.\d+)?%)$/.test(value) && !/[KMGTPE]B$/.test(value);
const isUnsigned: ValueCheck = (value) => /^\d+$/.test(value);
/** A full path, perhaps with marks before it. What begins with a specifier may be one. */
const isFullPath: ValueCheck = (value) => /^[-+]*(?:\/|%)/.test(value);
/** Folders below one of systemd's own. */
const isFolderBelow: ValueCheck = (value) => !value.startsWith("/") && !/(?:^|\/)\.\.(?:\/|:|$)/.test(value);
const isPriority = words("emerg", "alert", "crit", "err", "warning", "notice", "info", "debug", ..."01234567");
const isOutput: ValueCheck = (value) =>
  /^(?:inherit|null|tty|journal|kmsg|syslog|(?:journal|kmsg|syslog)\+console|socket|fd(?::.+)?|(?:file|append|truncate):[/%].*)$/.test(
    value,
  );
const isInput: ValueCheck = (value) =>
  /^(?:null|tty|tty-force|tty-fail|data|socket|fd(?::.+)?|file:[/%].*)$/.test(value);
/** 143, SIGTERM, and names of systemd's own such as `DATAERR`. */
const isStatus: ValueCheck = (value) =>
  isUnsigned(value) ? Number(value) < 256 : /^(?!SIG)[A-Z_]+$/.test(value) || isSignal(value);
const isSignal: ValueCheck = (value) =>
  /^SIG(?:HUP|INT|QUIT|ILL|TRAP|ABRT|BUS|FPE|KILL|USR[12]|SEGV|PIPE|ALRM|TERM|STKFLT|CHLD|CONT|STOP|TSTP|TTIN|TTOU|URG|XCPU|XFSZ|VTALRM|PROF|WINCH|IO|POLL|PWR|SYS|RTMIN(?:\+\d+)?|RTMAX(?:-\d+)?)$/.test(
    value,
  );
const isNetwork: ValueCheck = (value) =>
  /^(?:any|localhost|link-local|multicast)$/.test(value) ||
  /^[\d.]+(?:\/\d{1,2})?$/.test(value) ||
  (/^[\da-f:.]+(?:\/\d{1,3})?$/i.test(value) && value.includes(":"));
const isNamespace = words("cgroup", "ipc", "net", "mnt", "pid", "user", "uts", "time");
const isAddressFamily: ValueCheck = (value) => value === "none" || /^AF_[A-Z0-9]+$/.test(value);
const isArchitecture: ValueCheck = (value) =>
  /^(?:native|x86|x86-64|x32|arm|arm64|mips(?:64)?(?:-le|-n32|-le-n32)?|mips64-le|ppc(?:64)?(?:-le)?|s390x?|parisc(?:64)?|riscv64|loongarch64|ia64|alpha|sparc(?:64)?)$/.test(
    value,
  );
const systemCallGroups = new Set([
  ...["@default", "@aio", "@basic-io", "@chown", "@clock", "@cpu-emulation", "@debug", "@file-system", "@io-event"],
  ...["@ipc", "@keyring", "@memlock", "@module", "@mount", "@network-io", "@obsolete", "@pkey", "@privileged"],
  ...["@process", "@raw-io", "@reboot", "@resources", "@sandbox", "@setuid", "@signal", "@swap", "@sync"],
  ...["@system-service", "@timer", "@known"],
]);
const isSystemCall: ValueCheck = (value) =>
  value.startsWith("@") ? systemCallGroups.has(value.replace(/:.*$/, "")) : /^\w+(?::\w+)?$/.test(value);

/** A list that may begin with `~`: all but these. */
function inverted(check: ValueCheck): ValueCheck {
  return (value) => value === "~" || eachOf(check)(value.replace(/^~\s*/, ""));
}

const sizes = ["MemoryMax", "MemoryHigh", "MemoryLow", "MemoryMin", "MemorySwapMax", "MemoryZSwapMax"];
const folders = ["RuntimeDirectory", "StateDirectory", "CacheDirectory", "LogsDirectory", "ConfigurationDirectory"];
const paths = [
  ...["BindPaths", "BindReadOnlyPaths", "ReadWritePaths", "ReadOnlyPaths", "InaccessiblePaths", "ExecPaths"],
  ...["NoExecPaths", "TemporaryFileSystem"],
];
const conditions = [
  ...["PathExists", "PathIsDirectory", "PathIsSymbolicLink", "PathIsMountPoint", "PathIsReadWrite"],
  ...["DirectoryNotEmpty", "FileNotEmpty", "FileIsExecutable"],
].flatMap((each) => [`Condition${each}`, `Assert${each}`]);

function forAll(keys: readonly string[], check: ValueCheck): Readonly<Record<string, ValueCheck>> {
  return Object.fromEntries(keys.map((key) => [key, check]));
}

/** Checks by key. */
export const keyChecks: Readonly<Record<string, ValueCheck>> = {
  ...forAll(sizes, isSize),
  ...forAll(folders, eachOf(isFolderBelow)),
  ...forAll(paths, eachOf(isFullPath)),
  ...forAll(conditions, (value) => /^[|!]*\s*(?:\/|%)/.test(value)),
  ...forAll(["SuccessExitStatus", "RestartPreventExitStatus", "RestartForceExitStatus"], eachOf(isStatus)),
  ...forAll(["IPAddressAllow", "IPAddressDeny"], eachOf(isNetwork)),
  ...forAll(["IOWeight", "StartupIOWeight"], within(1, 10_000)),
  ...forAll(["CPUWeight", "StartupCPUWeight"], (value) => value === "idle" || within(1, 10_000)(value)),
  CPUQuota: (value) => /^\d+(?:\.\d+)?%$/.test(value),
  TasksMax: (value) => /^(?:infinity|\d+|\d+(?:\.\d+)?%)$/.test(value),
  Nice: within(-20, 19),
  OOMScoreAdjust: within(-1000, 1000),
  IOSchedulingPriority: within(0, 7),
  IOSchedulingClass: words("none", "realtime", "best-effort", "idle", "0", "1", "2", "3"),
  CPUSchedulingPolicy: words("other", "batch", "idle", "fifo", "rr", "ext", "0", "1", "2", "3", "5", "7"),
  SystemCallFilter: inverted(isSystemCall),
  SystemCallArchitectures: eachOf(isArchitecture),
  RestrictAddressFamilies: inverted(isAddressFamily),
  RestrictNamespaces: (value) => boolean.test(value) || inverted(isNamespace)(value),
  StandardOutput: isOutput,
  StandardError: isOutput,
  StandardInput: isInput,
  StartLimitBurst: isUnsigned,
  Slice: (value) => value.endsWith(".slice") || value.includes("%"),
  DevicePolicy: words("auto", "closed", "strict"),
  LogLevelMax: isPriority,
  SyslogLevel: isPriority,
  ProtectProc: words("noaccess", "invisible", "ptraceable", "default"),
  ProcSubset: words("all", "pid"),
  KeyringMode: words("inherit", "private", "shared"),
  UtmpMode: words("init", "login", "user"),
  TimeoutStartFailureMode: words("terminate", "abort", "kill"),
  TimeoutStopFailureMode: words("terminate", "abort", "kill"),
  OOMPolicy: words("continue", "stop", "kill"),
  Documentation: eachOf((value) => /^(?:https?:\/\/|file:|info:|man:)./.test(value)),
};
