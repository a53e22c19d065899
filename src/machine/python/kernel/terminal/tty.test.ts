import { describe, expect, test } from "vitest";
import { settled } from "../../../../testing/virtual-clock.ts";
import { signalNumbers } from "../../../host-types.ts";
import { decoded, encoded, ScriptedComputer } from "../testing/computer.ts";

const raw = { canonical: false, echo: false, signals: false, outputNewline: false, inputNewline: false };

describe("a terminal", () => {
  test("is read in lines by the process in the foreground", async () => {
    const computer = new ScriptedComputer();
    const { process: shell, launched, shown } = computer.launch("sh");
    const job = await computer.fork(shell);
    await shell.call("setpgid", { pid: job.pid, group: 0 });
    const inBackground = job.read(0);
    const inForeground = shell.read(0);
    launched.terminal.input(encoded("ls\r"));
    expect(await inForeground).toEqual({ fd: 0, bytes: encoded("ls\n") });
    await shell.call("tcsetpgrp", { fd: 0, group: job.pid });
    await shell.call("kill", { pid: job.pid, signal: signalNumbers.SIGCONT });
    launched.terminal.input(encoded("\x04"));
    expect(await inBackground).toEqual({ fd: 0, eof: true });
    expect(shown()).toBe("ls\r\n");
  });

  test("lets the shell hear ^C where the job in front has just ended", async () => {
    const computer = new ScriptedComputer();
    const { process: shell, launched } = computer.launch("sh");
    shell.say({ op: "sigaction", signal: signalNumbers.SIGINT, disposition: "handle" });
    const job = await computer.fork(shell);
    await shell.call("setpgid", { pid: job.pid, group: 0 });
    await shell.call("tcsetpgrp", { fd: 0, group: job.pid });
    job.say({ op: "exit", code: 0 });
    await settled();
    launched.terminal.input(encoded("\x03"));
    await settled();
    expect(shell.signals).toContain(signalNumbers.SIGINT);
  });

  test("stops who reads from the background, again and again until it is in the foreground", async () => {
    const computer = new ScriptedComputer();
    const { process: shell, launched } = computer.launch("sh");
    const job = await computer.fork(shell);
    await shell.call("setpgid", { pid: job.pid, group: 0 });
    const line = job.read(0);
    const stopped = async () => (await shell.call("waitpid", { pid: job.pid, noHang: false, untraced: true }))?.status;
    expect(await stopped()).toBe((signalNumbers.SIGTTIN << 8) | 0x7f);
    await shell.call("kill", { pid: job.pid, signal: signalNumbers.SIGCONT });
    expect(await stopped()).toBe((signalNumbers.SIGTTIN << 8) | 0x7f);
    await shell.call("tcsetpgrp", { fd: 0, group: job.pid });
    await shell.call("kill", { pid: job.pid, signal: signalNumbers.SIGCONT });
    launched.terminal.input(encoded("now\r"));
    expect(await line).toEqual({ fd: 0, bytes: encoded("now\n") });
  });

  test("leaves alone in the background who ignores that, or only looks", async () => {
    const computer = new ScriptedComputer();
    const { process: shell } = computer.launch("sh");
    const job = await computer.fork(shell);
    await shell.call("setpgid", { pid: job.pid, group: 0 });
    job.say({ op: "sigaction", signal: signalNumbers.SIGTTIN, disposition: "ignore" });
    void job.read(0);
    const other = await computer.fork(shell);
    await shell.call("setpgid", { pid: other.pid, group: 0 });
    void other.wait([{ fd: 0, read: true, write: false }], 1000);
    await settled();
    for (const { pid } of [job, other]) {
      expect(await shell.call("waitpid", { pid, noHang: true, untraced: true })).toBeNull();
    }
  });

  test("stops who changes it from the background, and changes once it is in the foreground", async () => {
    const computer = new ScriptedComputer();
    const { process: shell } = computer.launch("sh");
    const job = await computer.fork(shell);
    await shell.call("setpgid", { pid: job.pid, group: 0 });
    const changed = job.call("tcsetattr", { fd: 0, modes: raw });
    const stopped = async () => (await shell.call("waitpid", { pid: job.pid, noHang: false, untraced: true }))?.status;
    expect(await stopped()).toBe((signalNumbers.SIGTTOU << 8) | 0x7f);
    await shell.call("kill", { pid: job.pid, signal: signalNumbers.SIGCONT });
    expect(await stopped()).toBe((signalNumbers.SIGTTOU << 8) | 0x7f);
    expect((await shell.call("tcgetattr", { fd: 0 })).modes.echo).toBe(true);
    await shell.call("tcsetpgrp", { fd: 0, group: job.pid });
    await shell.call("kill", { pid: job.pid, signal: signalNumbers.SIGCONT });
    await changed;
    expect((await shell.call("tcgetattr", { fd: 0 })).modes.echo).toBe(false);
  });

  test("is changed from the background by who ignores that", async () => {
    const computer = new ScriptedComputer();
    const { process: shell } = computer.launch("sh");
    const job = await computer.fork(shell);
    await shell.call("setpgid", { pid: job.pid, group: 0 });
    job.say({ op: "sigaction", signal: signalNumbers.SIGTTOU, disposition: "ignore" });
    await job.call("tcsetattr", { fd: 0, modes: raw });
    expect((await shell.call("tcgetattr", { fd: 0 })).modes.echo).toBe(false);
  });

  test("goes to a child that begins in the foreground", async () => {
    const computer = new ScriptedComputer();
    const { process: shell } = computer.launch("sh");
    const fds = [{ child: 0, parent: 0 }];
    const wanted = { argv: ["cat"], env: {}, cwd: "/", fds, newSession: false, group: 0, foreground: 0 };
    const pid = await shell.call("spawn", wanted);
    expect(await shell.call("tcgetpgrp", { fd: 0 })).toBe(pid);
  });

  test("can be made raw", async () => {
    const { process, launched, shown } = new ScriptedComputer().launch();
    await process.call("tcsetattr", { fd: 0, modes: raw });
    launched.terminal.input(encoded("\x03\r"));
    expect(decoded((await process.read(0))?.bytes)).toBe("\x03\r");
    process.say({ op: "send", fd: 1, tid: process.pid, bytes: encoded("a\nb") });
    await settled();
    expect(shown()).toBe("a\nb");
    expect(await process.call("tcgetattr", { fd: 0 })).toEqual({ modes: raw, columns: 80, rows: 24 });
  });

  test("tells the foreground when its size changes", async () => {
    const { process, launched } = new ScriptedComputer().launch();
    process.say({ op: "sigaction", signal: signalNumbers.SIGWINCH, disposition: "handle" });
    launched.terminal.resize({ columns: 100, rows: 30 });
    launched.terminal.resize({ columns: 100, rows: 30 });
    await settled();
    expect(process.signals).toEqual([28]);
    expect(await process.call("tcgetattr", { fd: 0 })).toMatchObject({ columns: 100, rows: 30 });
  });

  test("tells all that hold it of its new size, and that before the signal", async () => {
    const computer = new ScriptedComputer();
    const { process: shell, launched } = computer.launch("sh");
    const job = await computer.fork(shell);
    await shell.call("setpgid", { pid: job.pid, group: 0 });
    shell.say({ op: "sigaction", signal: signalNumbers.SIGWINCH, disposition: "handle" });
    launched.terminal.resize({ columns: 100, rows: 30 });
    await settled();
    const size = { op: "windowSize", columns: 100, rows: 30 };
    expect(shell.messages).toEqual([size, { op: "signal", signal: signalNumbers.SIGWINCH }]);
    expect(job.messages).toEqual([size]);
  });

  test("tells no process of its size that has let go of it", async () => {
    const { process, launched } = new ScriptedComputer().launch();
    process.say(...[0, 1, 2].map((fd) => ({ op: "close", fd }) as const));
    launched.terminal.resize({ columns: 100, rows: 30 });
    await settled();
    expect(process.messages).toEqual([]);
  });

  test("keeps the last of what was printed for those who come late", async () => {
    const computer = new ScriptedComputer({ scrollback: 10 });
    const { process, launched, shown } = computer.launch();
    for (const word of ["abcdef", "ghijkl", "mn"]) {
      process.say({ op: "send", fd: 1, tid: process.pid, bytes: encoded(word) });
      await settled();
    }
    let late = "";
    launched.terminal.onOutput((output) => {
      late += decoded(output);
    });
    expect(late).toBe("efghijklmn");
    expect(shown()).toBe("abcdefghijklmn");
  });

  test("makes programs wait for a page that is slow", async () => {
    const computer = new ScriptedComputer({ outputBacklog: 100 });
    const launched = computer.host.spawn(["yes"]);
    const process = computer.executor.last;
    let taken = (): void => {};
    launched.terminal.onOutput(
      () =>
        new Promise<void>((resolve) => {
          taken = resolve;
        }),
    );
    process.say({ op: "send", fd: 1, tid: process.pid, bytes: new Uint8Array(100) });
    let credit: number | undefined;
    await settled();
    void process.wait([{ fd: 1, read: false, write: true }]).then(([ready]) => {
      credit = ready?.credit;
    });
    await settled();
    expect(credit).toBeUndefined();
    taken();
    await settled();
    expect(credit).toBe(100);
  });

  test("taken away by the page hangs its processes up", async () => {
    const computer = new ScriptedComputer();
    const { process, launched } = computer.launch();
    process.say({ op: "sigaction", signal: signalNumbers.SIGHUP, disposition: "handle" });
    const reading = process.read(0);
    launched.terminal.hangUp();
    expect(await reading).toMatchObject({ eof: true });
    expect(process.signals).toEqual([1]);
    expect(process.broken.map(({ fd, errno }) => [fd, errno])).toEqual([
      [0, "EIO"],
      [1, "EIO"],
      [2, "EIO"],
    ]);
  });
});
