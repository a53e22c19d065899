import { curl } from "../programs/curl";
import { echo } from "../programs/echo";
import { chmod, cp, mkdir, mv, rm, rmdir, touch } from "../programs/file-programs";
import { kill } from "../programs/kill";
import { ls } from "../programs/ls";
import { pip } from "../programs/pip";
import { pgrep, pkill, ps, sleep, xargs } from "../programs/process-programs";
import { sh } from "../programs/sh/sh";
import { clear, date, env, onLinuxMachine, printenv, pwd, uname, which, whoami } from "../programs/small-programs";
import { cat, grep, head, seq, sort, tail, tee, uniq, wc } from "../programs/text-programs";
import type { LightProgram } from "./system";

/** Every light program, by the name of its command. */
export const lightPrograms: ReadonlyMap<string, LightProgram> = new Map<string, LightProgram>([
  ["cat", cat],
  ["chmod", chmod],
  ["clear", clear],
  ["cp", cp],
  ["curl", curl],
  ["date", date],
  ["echo", echo],
  ["env", env],
  ["false", async () => 1],
  ["grep", grep],
  ["head", head],
  ["kill", kill],
  ["ls", ls],
  ["mkdir", mkdir],
  ["mv", mv],
  ["nginx", onLinuxMachine],
  ["pgrep", pgrep],
  ["pip", pip],
  ["pip3", pip],
  ["pkill", pkill],
  ["printenv", printenv],
  ["ps", ps],
  ["pwd", pwd],
  ["rm", rm],
  ["rmdir", rmdir],
  ["seq", seq],
  ["sh", sh],
  ["sleep", sleep],
  ["sort", sort],
  ["systemctl", onLinuxMachine],
  ["tail", tail],
  ["tee", tee],
  ["touch", touch],
  ["true", async () => 0],
  ["uname", uname],
  ["uniq", uniq],
  ["uwsgi", onLinuxMachine],
  ["wc", wc],
  ["which", which],
  ["whoami", whoami],
  ["xargs", xargs],
]);
