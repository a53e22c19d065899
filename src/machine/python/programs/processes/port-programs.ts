/** Programs about ports: who listens where. They tell what the kernel knows of its sockets. */

import { signalNumbers } from "../../../host-types.ts";
import type { CallResult } from "../../kernel/protocol.ts";
import type { NativeProgram, System } from "../../native/system.ts";
import { parseOptions, UsageError } from "../options.ts";

type SocketRow = CallResult<"sockets">[number];

async function socketsOf(system: System): Promise<readonly SocketRow[]> {
  const rows = await system.call("sockets", {});
  return [...rows].sort((a, b) => a.local.port - b.local.port || a.pid - b.pid);
}

async function namesOf(system: System): Promise<ReadonlyMap<number, string>> {
  const rows = await system.processes();
  return new Map(
    rows.map(({ pid, title }) => [pid, (title.split(" ")[0] ?? "").replace(/^.*\//, "").replace(/:$/, "")]),
  );
}

/** `address:port`, as it is shown. */
function shown({ address, port }: { readonly address: string; readonly port: number }): string {
  return `${address}:${port === 0 ? "*" : port}`;
}

/** One row for each socket, whoever shares it. */
function together(
  rows: readonly SocketRow[],
): readonly { readonly row: SocketRow; readonly holders: readonly SocketRow[] }[] {
  const groups = new Map<string, SocketRow[]>();
  for (const row of rows) {
    const key = `${row.state} ${shown(row.local)} ${row.peer === undefined ? "" : shown(row.peer)}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].flatMap((holders) => (holders[0] === undefined ? [] : [{ row: holders[0], holders }]));
}

/** Wrong options are told of as GNU's programs do. */
function guarded(run: (system: System) => Promise<number>, status = 1): NativeProgram {
  return async (system) => {
    try {
      return await run(system);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      await system.complain(error.message);
      return status;
    }
  };
}

/** `ss -ltnp` */
export const ss = guarded(async (system) => {
  const long = { listening: "l", tcp: "t", numeric: "n", processes: "p", all: "a", "no-header": "H", udp: "u" };
  const { flags, operands } = parseOptions(system.args, { flags: "ltnpauxH46", long });
  const names = await namesOf(system);
  const wanted = (await socketsOf(system)).filter(
    ({ state }) => flags.has("a") || (state === "listen") === flags.has("l"),
  );
  const port = /:(\d+)/.exec(operands.join(" "))?.[1];
  const lines = together(flags.has("u") && !flags.has("t") ? [] : wanted)
    .filter(({ row }) => port === undefined || row.local.port === Number(port))
    .map(({ row, holders }) => {
      const users = holders.map(({ pid, fd }) => `("${names.get(pid) ?? "?"}",pid=${pid},fd=${fd})`).join(",");
      const state = row.state === "listen" ? "LISTEN" : "ESTAB";
      const peer = row.peer === undefined ? "0.0.0.0:*" : shown(row.peer);
      const queue = row.state === "listen" ? row.backlog : 0;
      return `${state.padEnd(8)} ${String(row.queued).padEnd(7)} ${String(queue).padEnd(8)} ${shown(row.local).padStart(22)} ${peer.padStart(18)} ${flags.has("p") ? `users:(${users})` : ""}`.trimEnd();
    });
  const head = `${"State".padEnd(8)} ${"Recv-Q".padEnd(7)} ${"Send-Q".padEnd(8)} ${"Local Address:Port".padStart(22)} ${"Peer Address:Port".padStart(18)} ${flags.has("p") ? "Process" : ""}`;
  await system.print([...(flags.has("H") ? [] : [head.trimEnd()]), ...lines].map((line) => `${line}\n`).join(""));
  return 0;
}, 255);

/** `netstat -tlnp` */
export const netstat = guarded(async (system) => {
  const { flags } = parseOptions(system.args, {
    flags: "tlnpauxe46",
    long: { listening: "l", tcp: "t", numeric: "n", program: "p", all: "a" },
  });
  const names = await namesOf(system);
  const wanted = (await socketsOf(system)).filter(
    ({ state }) => flags.has("a") || (state === "listen") === flags.has("l"),
  );
  const title = flags.has("l") ? "only servers" : flags.has("a") ? "servers and established" : "w/o servers";
  const lines = together(wanted).map(({ row, holders: [holder] }) => {
    const state = row.state === "listen" ? "LISTEN" : "ESTABLISHED";
    const peer = row.peer === undefined ? "0.0.0.0:*" : shown(row.peer);
    const program = holder === undefined || !flags.has("p") ? "" : `${holder.pid}/${names.get(holder.pid) ?? "?"}`;
    return `tcp   ${String(row.queued).padStart(6)}      0 ${shown(row.local).padEnd(23)} ${peer.padEnd(23)} ${state.padEnd(11)} ${program}`.trimEnd();
  });
  const head = `Proto Recv-Q Send-Q Local Address           Foreign Address         State      ${flags.has("p") ? " PID/Program name" : ""}`;
  await system.print(
    `Active Internet connections (${title})\n${head.trimEnd()}\n${lines.map((line) => `${line}\n`).join("")}`,
  );
  return 0;
});

/** `lsof -i :8000 -t` */
export const lsof = guarded(async (system) => {
  const terse = system.args.some((arg) => /^-[nPt]*t[nPt]*$/.test(arg));
  const listening = system.args.some((arg) => /^-sTCP:LISTEN$/.test(arg));
  let ports: ReadonlySet<number> | undefined;
  let pid: number | undefined;
  for (let at = 0; at < system.args.length; at += 1) {
    const arg = system.args[at] ?? "";
    const inline = /^-[nPt]*i(.*)$/.exec(arg);
    if (inline !== null) {
      const separate = inline[1] === "" && /^(?:TCP|tcp)?(?:@[^:]*)?:/.test(system.args[at + 1] ?? "");
      if (separate) at += 1;
      const given = separate ? (system.args[at] ?? "") : (inline[1] ?? "");
      const list = /:([\d,-]+)$/.exec(given)?.[1];
      if (list !== undefined) ports = new Set(list.split(",").map(Number));
    } else if (arg === "-p") {
      at += 1;
      pid = Number(system.args[at]);
    } else if (!/^-(?:[nPtaU]+|sTCP:LISTEN)$/.test(arg))
      throw new UsageError(`unsupported argument: ${arg}: known here are -i [:PORT], -p PID, -t, -n, -P, -sTCP:LISTEN`);
  }
  const names = await namesOf(system);
  const rows = (await socketsOf(system)).filter(
    (row) =>
      (ports === undefined || ports.has(row.local.port) || (row.peer !== undefined && ports.has(row.peer.port))) &&
      (!listening || row.state === "listen") &&
      (pid === undefined || row.pid === pid),
  );
  if (rows.length === 0) return 1;
  if (terse) {
    await system.print([...new Set(rows.map((row) => row.pid))].map((each) => `${each}\n`).join(""));
    return 0;
  }
  const lines = rows.map((row) => {
    const name =
      row.peer === undefined
        ? `TCP ${shown(row.local)} (LISTEN)`
        : `TCP ${shown(row.local)}->${shown(row.peer)} (ESTABLISHED)`;
    return `${(names.get(row.pid) ?? "?").slice(0, 9).padEnd(9)} ${String(row.pid).padStart(5)} student ${`${row.fd}u`.padStart(4)}  IPv4      0t0  ${name}`;
  });
  await system.print(`COMMAND     PID    USER   FD   TYPE SIZE/OFF NAME\n${lines.map((line) => `${line}\n`).join("")}`);
  return 0;
});

/** `fuser 8000/tcp`, `fuser -k 8000/tcp` */
export const fuser = guarded(async (system) => {
  const { flags, values, operands } = parseOptions(
    system.args.map((arg) => (/^-[A-Z0-9]+$/.test(arg) && arg !== "-k" ? `-s${arg.slice(1)}` : arg)),
    { flags: "kvn", values: "s" },
  );
  const rows = await socketsOf(system);
  let found = false;
  for (const operand of operands) {
    const [, port] = /^(\d+)(?:\/tcp)?$/.exec(operand) ?? [];
    if (port === undefined) throw new UsageError(`${operand}: here only ports are known, as 8000/tcp`);
    const pids = [
      ...new Set(
        rows.filter(({ local, state }) => state === "listen" && local.port === Number(port)).map(({ pid }) => pid),
      ),
    ];
    if (pids.length === 0) continue;
    found = true;
    await system.write(2, `${operand}:`.padEnd(20));
    await system.print(pids.map((pid) => ` ${pid}`).join(""));
    await system.write(2, "\n");
    const signal =
      Object.entries(signalNumbers).find(([name]) => name === `SIG${values.get("s")}`)?.[1] ??
      (Number(values.get("s")) || signalNumbers.SIGKILL);
    if (flags.has("k")) for (const pid of pids) await system.kill(pid, signal);
  }
  return found ? 0 : 1;
});
