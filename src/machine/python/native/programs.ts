import { absent, absentPrograms } from "../programs/absent-programs.ts";
import { curl } from "../programs/curl/curl.ts";
import { date } from "../programs/date.ts";
import { cmp, shuf, truncate } from "../programs/files/content-programs.ts";
import { chmod, cp, mkdir, mkfifo, mv, rm, rmdir, touch } from "../programs/files/file-programs.ts";
import { find } from "../programs/files/find.ts";
import { ls } from "../programs/files/ls.ts";
import { basename, dirname, mktemp, realpath } from "../programs/files/path-programs.ts";
import { ab } from "../programs/load/ab.ts";
import { hey } from "../programs/load/hey.ts";
import { wrk } from "../programs/load/wrk.ts";
import { man } from "../programs/man.ts";
import { nano } from "../programs/nano/nano.ts";
import { df } from "../programs/processes/df.ts";
import { killall, pgrep, pidof, pkill } from "../programs/processes/finding-programs.ts";
import { flock } from "../programs/processes/flock.ts";
import { kill } from "../programs/processes/kill.ts";
import { free, id, nproc, top, uptime } from "../programs/processes/machine-programs.ts";
import { fuser, lsof, netstat, ss } from "../programs/processes/port-programs.ts";
import { ps } from "../programs/processes/ps.ts";
import { nice, nohup, setsid, stdbuf, timeout, watch } from "../programs/processes/running-programs.ts";
import { sleep } from "../programs/processes/sleep.ts";
import { xargs } from "../programs/processes/xargs.ts";
import { bash, sh } from "../programs/sh/sh.ts";
import { test } from "../programs/sh/test-program.ts";
import {
  clear,
  env,
  envsubst,
  hostname,
  printenv,
  printf,
  pwd,
  tty,
  uname,
  which,
  whoami,
} from "../programs/small-programs.ts";
import { awk } from "../programs/text/awk/awk.ts";
import { cut, paste } from "../programs/text/columns.ts";
import { echo } from "../programs/text/echo.ts";
import { grep } from "../programs/text/grep.ts";
import { gzip } from "../programs/text/gzip.ts";
import { sed } from "../programs/text/sed.ts";
import { sort } from "../programs/text/sort.ts";
import { cat, head, seq, tail, tee, wc, yes } from "../programs/text/text-programs.ts";
import { tr } from "../programs/text/tr.ts";
import { uniq } from "../programs/text/uniq.ts";
import type { NativeProgram } from "./system.ts";

/** Every native program, by the name of its command. */
export const nativePrograms: ReadonlyMap<string, NativeProgram> = new Map<string, NativeProgram>([
  ...Array.from(absentPrograms.keys(), (name) => [name, absent] as const),
  ["ab", ab],
  ["awk", awk],
  ["basename", basename],
  ["hey", hey],
  ["wrk", wrk],
  ["watch", watch],
  ["uptime", uptime],
  ["top", top],
  ["timeout", timeout],
  ["ss", ss],
  ["pidof", pidof],
  ["nproc", nproc],
  ["nohup", nohup],
  ["nice", nice],
  ["netstat", netstat],
  ["lsof", lsof],
  ["killall", killall],
  ["id", id],
  ["fuser", fuser],
  ["free", free],
  ["df", df],
  ["bash", bash],
  ["cat", cat],
  ["chmod", chmod],
  ["clear", clear],
  ["cp", cp],
  ["curl", curl],
  ["cut", cut],
  ["date", date],
  ["dirname", dirname],
  ["echo", echo],
  ["env", env],
  ["false", async () => 1],
  ["find", find],
  ["grep", grep],
  ["gunzip", gzip],
  ["gzip", gzip],
  ["head", head],
  ["hostname", hostname],
  ["kill", kill],
  ["ls", ls],
  ["man", man],
  ["flock", flock],
  ["mkdir", mkdir],
  ["mkfifo", mkfifo],
  ["mv", mv],
  ["nano", nano],
  ["paste", paste],
  ["pgrep", pgrep],
  ["pkill", pkill],
  ["printenv", printenv],
  ["printf", printf],
  ["ps", ps],
  ["pwd", pwd],
  ["rm", rm],
  ["rmdir", rmdir],
  ["sed", sed],
  ["seq", seq],
  ["sh", sh],
  ["sleep", sleep],
  ["sort", sort],
  ["tail", tail],
  ["tee", tee],
  ["touch", touch],
  ["tr", tr],
  ["true", async () => 0],
  ["uname", uname],
  ["uniq", uniq],
  ["wc", wc],
  ["which", which],
  ["whoami", whoami],
  ["xargs", xargs],
  ["cmp", cmp],
  ["envsubst", envsubst],
  ["mktemp", mktemp],
  ["realpath", realpath],
  ["setsid", setsid],
  ["shuf", shuf],
  ["stdbuf", stdbuf],
  ["truncate", truncate],
  ["tty", tty],
  ["test", test],
  ["[", test],
  ["yes", yes],
  ["zcat", gzip],
]);
