import { expect, test } from "vitest";
import { NativeComputer } from "../../native/testing/native-computer.ts";
import { worksLineByLine } from "./line-by-line.ts";

test.each<[boolean, string[]]>([
  [true, ["egrep", "-i", "a|b"]],
  [false, ["egrep", "-c", "a"]],
])("%s: %j", (expected, [name = "", ...args]) => {
  expect(worksLineByLine(name, args)).toBe(expected);
});

test.each([
  ["sed -u 's/a/b/'", "b\n"],
  ["awk '{print $1 \"!\"}'", "a!\n"],
  ["tr a-z A-Z | cut -c1", "A\n"],
  ["tr -s a", "a\n"],
  ["egrep a | sed -n 's/a/b/p' | awk '/b/'", "b\n"],
  ['awk \'BEGIN { print "begun" } { n++; print n, NR } END { print "over" }\'', "begun\n1 1\n"],
  ["awk '{ seen[$1]++ } seen[$1] == 1 { print $1 }'", "a\n"],
  ["sed -n '1,2p'", "a\n"],
  ["sed =", "1\na\n"],
  ["sed '/a/,/b/s/$/!/'", "a!\n"],
  ["sed '/a/a after'", "a\nafter\n"],
  ["uniq", "a\n"],
  ["grep -n a | uniq", "1:a\n"],
  ["sed 's/a/{\"a\": [1, 2]}/' | jq -c .a", "[1,2]\n"],
  ["cat -n", "     1\ta\n"],
  ['while read -r line; do echo "<$line>"; done', "<a>\n"],
])("a live input goes through %s as it comes", async (line, expected) => {
  const computer = new NativeComputer();
  const running = computer.start("sh", "-c", `(echo a; sleep 1000) | ${line}`);
  await expect.poll(() => running.shown(), { timeout: 5000, interval: 5 }).toBe(expected);
  computer.host.stop();
});

test.each([
  // What comes later is added to what was printed, and what is for the end comes there.
  ["awk '{ n += $1; print n } END { print \"sum\", n }'", "1\n3\n6\nsum 6\n"],
  ["awk '$1 == 2 { print \"two\"; exit 3 } END { print NR }'; echo $?", "two\n2\n3\n"],
  ["sed '/2/q'; echo $?", "1\n2\n0\n"],
  ["sed -n '/2/{p;q5}'; echo $?", "2\n5\n"],
  ["sed '$d'", "1\n2\n"],
  ["sed 'N;s/\\n/+/'", "1+2\n3\n"],
  ["uniq -c", "      1 1\n      1 2\n      1 3\n"],
  ["jq '. + 1'", "2\n3\n4\n"],
  ["jq -s 'add'", "6\n"],
  ["sort -rn", "3\n2\n1\n"],
  ["tr '\\n' ,", "1,2,3,"],
])("an input that comes slowly: %s", async (line, expected) => {
  const slow = "{ echo 1; sleep 0.1; echo 2; sleep 0.1; echo 3; }";
  expect((await new NativeComputer().sh(`${slow} | ${line}`)).output).toBe(expected);
});

test("a value of many lines is one", async () => {
  const slow = "{ printf '{\\n\"a\":'; sleep 0.1; printf ' \"}\"\\n}\\n'; printf '[1]\\n'; }";
  expect((await new NativeComputer().sh(`${slow} | jq -c .`)).output).toBe('{"a":"}"}\n[1]\n');
});

test.each(["awk '/b/{ print; exit }'", "sed '/b/q'", "grep -m1 b", "head -2"])(
  "%s ends by itself, although its input goes on",
  async (line) => {
    const computer = new NativeComputer();
    const running = computer.start("sh", "-c", `(echo a; sleep 0.05; echo b; sleep 1000) | { ${line}; echo over; }`);
    await expect.poll(() => running.shown(), { timeout: 5000, interval: 5 }).toMatch(/b\nover\n$/);
    computer.host.stop();
  },
);

test("awk that only begins waits for no input", async () => {
  const computer = new NativeComputer();
  const running = computer.start("sh", "-c", "sleep 1000 | awk 'BEGIN { print 6 * 7 }'");
  await expect.poll(() => running.shown(), { timeout: 5000, interval: 5 }).toBe("42\n");
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
  expect(output).toMatch(/^awk: .*\n2\n$/);
});
