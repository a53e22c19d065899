import { describe, expect, test } from "vitest";
import { nativeProgramNames } from "../programs/native-program-names.ts";
import { textProgramNames } from "../programs/text/text-program-names.ts";
import { nativePrograms } from "./programs.ts";
import { NativeComputer } from "./testing/native-computer.ts";

const well = { kind: "exited", code: 0 };

test("the frame and the worker have the same list of native programs", () => {
  expect([...nativePrograms.keys(), ...textProgramNames].sort()).toEqual([...nativeProgramNames].sort());
});

describe("native programs over the kernel", () => {
  test("pass bytes through pipes", async () => {
    const computer = new NativeComputer();
    computer.write("words", "pear\nfig\npear\nplum\nfig\npear\n");
    expect(await computer.sh("sort words | uniq -c | sort -rn | head -n 2 | tr -s ' ' | cut -d ' ' -f 2,3")).toEqual({
      output: "3 pear\n2 fig\n",
      exit: well,
    });
  });

  test("read and write devices", async () => {
    const computer = new NativeComputer();
    const said = async (line: string) => (await computer.sh(line)).output;
    expect(await said("head -c 5 /dev/zero; echo; cat /dev/urandom | head -c 9 | wc -c; cat < /dev/null")).toBe(
      "\0\0\0\0\0\n9\n",
    );
    expect(await said("cat /etc/hostname > /dev/full; echo $?")).toBe("cat: write error: No space left on device\n1\n");
    expect(await said("bash -c 'echo x > /dev/full; echo $?'")).toContain(
      "echo: write error: No space left on device\n1\n",
    );
    expect(await said("echo a > one; ln one two; echo b >> two; cat one; ls -l one | cut -d' ' -f2")).toBe("a\nb\n2\n");
  });

  test("stand in /bin as in /usr/bin", async () => {
    const computer = new NativeComputer();
    expect(
      await computer.sh("/bin/true && /bin/echo a | /usr/bin/tr a b; PATH=/bin; basename /x/y; ls -d /bin/cat"),
    ).toEqual({
      output: "b\ny\n/bin/cat\n",
      exit: well,
    });
  });

  test("exit as they should", async () => {
    const computer = new NativeComputer();
    computer.write("words", "pear\n");
    expect((await computer.sh("grep fig words")).exit).toEqual({ kind: "exited", code: 1 });
    expect((await computer.sh("false || true")).exit).toEqual(well);
    expect(await computer.sh("no-such-program")).toEqual({
      output: expect.stringContaining("not found"),
      exit: { kind: "exited", code: 127 },
    });
  });

  test("change files that others see", async () => {
    const computer = new NativeComputer();
    computer.write("app.py", "VERSION = 1\n");
    const line =
      "mkdir -p old && cp app.py old/ && sed 's/1/2/' app.py > new.py && mv new.py app.py && rm -r old && ls";
    expect((await computer.sh(line)).output).toBe("app.py\n");
    expect(computer.read("app.py")).toBe("VERSION = 2\n");
  });

  test("say what is wrong in the words of coreutils", async () => {
    const computer = new NativeComputer();
    const said = async (line: string) => (await computer.sh(line)).output;
    expect(await said("cat nothing")).toBe("cat: nothing: No such file or directory\n");
    expect(await said("ls nothing")).toBe("ls: cannot access 'nothing': No such file or directory\n");
    expect(await said("mkdir /tmp")).toBe("mkdir: cannot create directory ‘/tmp’: File exists\n");
    expect(await said("rmdir /home")).toMatch(/^rmdir: failed to remove '\/home': /);
  });

  test("end when nobody reads them any more", async () => {
    const { output, exit } = await new NativeComputer().sh("seq 1 100000 | head -n 1");
    expect({ output, exit }).toEqual({ output: "1\n", exit: well });
  });

  test("are found and ended by their pid", async () => {
    const computer = new NativeComputer();
    const line = "sleep 1000 & kill -9 $!; wait $!; echo $?";
    expect((await computer.sh(line)).output).toMatch(/137\n$/);
  });

  test("see the terminal's size, and that it has another", async () => {
    const computer = new NativeComputer();
    const names = ["a", "b", "c", "d", "e", "f"].map((letter) => letter.repeat(20));
    for (const name of names) computer.write(name, "");
    const wide = computer.start("ls");
    await wide.exit;
    const lines = (shown: string) => shown.trimEnd().split("\n").length;
    const narrow = computer.start("sh", "-c", "read line; ls");
    narrow.terminal.resize({ columns: 25, rows: 24 });
    narrow.terminal.input(new TextEncoder().encode("\r"));
    await narrow.exit;
    expect(lines(wide.shown())).toBeLessThan(names.length);
    expect(lines(narrow.shown().trimStart())).toBe(names.length);
  });
});

test("the last program of a shell takes its place: a signal to the shell's pid reaches it", async () => {
  const computer = new NativeComputer();
  const { output } = await computer.sh(`
start() { "$@" > log & }; start sh -c 'trap "echo got; exit 5" USR1; echo ready; while :; do sleep 0.05; done'
until [ -s log ]; do sleep 0.02; done; kill -USR1 $!; wait $!; echo "$? $(cat log)"
became() { until [ "$(ps -o args= -p $!)" = "$*" ]; do sleep 0.02; done; ps -o args= -p $!; }
(cd /tmp && sleep 100) & became sleep 100; kill $!; wait $! 2> /dev/null; echo $?
sh -c 'sleep 100' & became sleep 100; kill $!; wait $! 2> /dev/null
sh -c 'trap "echo trapped" EXIT; echo a'; sh -c 'cat <<E
here
E'; sh -c 'echo x | cat'; sh -c 'A=1 env | grep ^A='; sh -c 'echo to file > f; cat f; nosuch'; echo $?; bash -c 'cat <(echo listed)'; sh -c '(exit 3)'; echo $?; sh -c 'true && { echo b; cat f; }'
`);
  expect(output.replace(/^sh: .*Terminated\n/gm, "")).toBe(
    "5 ready\ngot\nsleep 100\n143\nsleep 100\na\ntrapped\nhere\nx\nA=1\nto file\nsh: 1: nosuch: not found\n127\nlisted\n3\nb\nto file\n",
  );
});

test("ps shows a start that is not ahead of date, and uptime no time before the machine's", async () => {
  const computer = new NativeComputer();
  const { output } = await computer.sh("date +%s; ps -o lstart= -p $$; date +%s; uptime");
  const [before = "", started = "", after = "", up = ""] = output.trim().split("\n");
  expect(Date.parse(started)).toBeGreaterThanOrEqual((Number(before) - 5) * 1000);
  expect(Date.parse(started)).toBeLessThanOrEqual(Number(after) * 1000);
  expect(up).toContain("up 0 min");
});
