/** How soon a program without CPython begins and ends, at a shell whose script is there. */
import { expect, test } from "../../testing/browser/machine.ts";
import { addRow, inMs, median, rounds } from "../row.ts";

/** Programs that one measurement starts, one after the other. */
const starts = 20;

test("light programs", async ({ computer }) => {
  const shell = await computer.start(["bash", "--norc"], { env: { PS1: "$ " } });
  await shell.prints(/\$ /);
  const line = `i=0; while [ $i -lt ${starts} ]; do /bin/true; i=$((i + 1)); done; echo over-$((1 + 1))\r`;
  const nothing = line.replace("/bin/true", ":");
  const seconds = async (typed: string): Promise<number> => {
    const begin = (await shell.output()).length;
    await shell.type(`T=$(date +%s%N); ${typed.replace("\r", "; echo took $(($(date +%s%N) - T))\r")}`);
    await expect.poll(async () => (await shell.output()).slice(begin)).toMatch(/took \d+\n/);
    return Number(/took (\d+)\n/.exec((await shell.output()).slice(begin))?.[1]) / 1e6;
  };
  await seconds(line);
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1)
    times.push(((await seconds(line)) - (await seconds(nothing))) / starts);
  // What is not there would be the quickest.
  expect(await shell.output()).not.toContain("No such file or directory");
  addRow({
    what: "A light program at the shell, from its start to its end",
    target: "30 ms",
    page: inMs(median(times)),
    met: median(times) <= 30,
    note: `/bin/true ${starts} times in a row; best ${inMs(Math.min(...times))}, worst ${inMs(Math.max(...times))}`,
  });
});
