import { expect, test } from "vitest";
import { NativeComputer } from "../../native/testing/native-computer.ts";
import { worksLineByLine } from "./line-by-line.ts";

test.each<[boolean, string[]]>([
  [true, ["sed", "s/a/b/"]],
  [true, ["sed", "-u", "s|a|b|g"]],
  [true, ["sed", "-nE", "s/(a+)/<\\1>/p"]],
  [true, ["sed", "/GET/d; s/;/x/g"]],
  [true, ["sed", "-n", "/ 500 /p"]],
  [true, ["sed", "-e", "s/a/b/", "-e", "/c/!d"]],
  [false, ["sed", "2d"]],
  [false, ["sed", "$d"]],
  [false, ["sed", "/a/,/b/d"]],
  [false, ["sed", "N;s/\n/ /"]],
  [false, ["sed", "s/a/b/w file"]],
  [false, ["sed", "-i", "s/a/b/"]],
  [false, ["sed", "q"]],
  [true, ["awk", "{print $1}"]],
  [true, ["awk", "-F", '"', "$3 ~ / 500 / {print $2}"]],
  [true, ["awk", "/GET/ {print $7; fflush()}"]],
  [true, ["awk", "$9 >= 400"]],
  [true, ["awk", '{$2 = "x"; print toupper($0), length($1)}']],
  [false, ["awk", "{n++} END {print n}"]],
  [false, ["awk", "NR > 1"]],
  [false, ["awk", "{count[$1]++; print count[$1]}"]],
  [false, ["awk", "{s += $1; print s}"]],
  [false, ["awk", "/a/,/b/"]],
  [false, ["awk", '{print > "file"}']],
  [false, ["awk", '{print | "sort"}']],
  [false, ["awk", "-f", "program"]],
  [true, ["cut", "-d", " ", "-f1"]],
  [true, ["tr", "a-z", "A-Z"]],
  [false, ["tr", "-s", " "]],
  [true, ["egrep", "-i", "a|b"]],
  [false, ["egrep", "-c", "a"]],
  [false, ["sort"]],
  [false, ["uniq", "-c"]],
])("%s: %j", (expected, [name = "", ...args]) => {
  expect(worksLineByLine(name, args)).toBe(expected);
});

test.each([
  ["sed -u 's/a/b/'", "b\n"],
  ["awk '{print $1 \"!\"}'", "a!\n"],
  ["tr a-z A-Z | cut -c1", "A\n"],
  ["egrep a | sed -n 's/a/b/p' | awk '/b/'", "b\n"],
])("a live input goes through %s as it comes", async (line, expected) => {
  const computer = new NativeComputer();
  const running = computer.start("sh", "-c", `(echo a; sleep 1000) | ${line}`);
  await expect.poll(() => running.shown(), { timeout: 5000, interval: 5 }).toBe(expected);
  computer.host.stop();
});

test("what comes in pieces of lines is put together", async () => {
  const { output } = await new NativeComputer().sh(
    "(printf 'one t'; printf 'wo\\nthree'; printf ' four') | awk '{print $2}'",
  );
  expect(output).toBe("two\nfour\n");
});

test("no input at all still has its errors", async () => {
  const { output } = await new NativeComputer().sh("awk '{print $1' < /dev/null; echo $?");
  expect(output).toMatch(/^awk: .*\n1\n$/);
});
