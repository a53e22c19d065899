// @project beside
/**
 * The reference of the Linux machine: the same lines in a shell beside the same servers, there and natively, from the
 * same disc; what they print agrees. `normalise-linux.ts` lists what may differ.
 */
import { parseCommand } from "../../../src/lab/command/parse-command-line.ts";
import { readLab } from "../../../src/lab-definition/read-lab.ts";
import { imageMissing } from "../../../testing/browser/linux.ts";
import { expect, pages, test } from "../../../testing/browser/site.ts";
import { injectContract } from "../../machine-contract/contract.ts";
import { nativeMissing, type Printed, runOnNativeLinux } from "./native-linux.ts";
import { normaliseLinux } from "./normalise-linux.ts";
import { linuxCourses, readyQuery } from "./scenarios.ts";

for (const course of linuxCourses) {
  test(`${course.lab}: the Linux machine and native servers agree`, async ({ page, baseURL }) => {
    test.setTimeout(300_000);
    const { definition, files } = readLab(`content/labs/${course.lab}`);
    const missing = imageMissing(definition) ?? nativeMissing();
    test.skip(missing !== undefined, missing ?? "");
    const { command } = definition.sides.production;
    const parsed = parseCommand(command);
    if (!parsed.ok) throw new Error(`${command} cannot be run`);
    const running = runOnNativeLinux(course, command);
    await page.goto(pages.embed);
    await injectContract(page);
    const machine: Printed = await page.evaluate(
      async ({ root, situation, files, argv, env, ready, scenarios }) => {
        const machine = await contractPage.open("linux", root, situation);
        const home = "/home/student";
        const host = await machine.host("production");
        for (const { path, text } of files) await host.writeFile(`${home}/${path}`, text);
        const start = async (words: readonly string[], env: Readonly<Record<string, string>> = {}) => {
          const process = await host.spawn(words, { cwd: home, env });
          const decoder = new TextDecoder();
          const output = { text: "" };
          process.onOutput((bytes) => {
            output.text += decoder.decode(bytes, { stream: true });
          });
          return { process, output };
        };
        const server = await start(argv, env);
        await (await start(["sh", "-c", ready])).process.exit;
        const lines: Record<string, string> = {};
        for (const { name, line } of scenarios) {
          const { process, output } = await start(["sh", "-c", line]);
          await process.exit;
          lines[name] = output.text;
        }
        const printed = { lines, server: server.output.text };
        machine.dispose();
        return printed;
      },
      {
        root: baseURL ?? "",
        situation: definition.situation,
        files,
        argv: parsed.command.argv,
        env: parsed.command.env,
        ready: course.ready,
        scenarios: course.scenarios,
      },
    );

    const native = await running;
    for (const { name } of course.scenarios) {
      expect.soft(normaliseLinux(machine.lines[name] ?? ""), name).toBe(normaliseLinux(native.lines[name] ?? ""));
    }
    const logged = (text: string) =>
      normaliseLinux(text)
        .split("\n")
        .filter((line) => course.log?.test(line) && !line.includes(readyQuery))
        // When the snapshot was made, the page asked for something, too.
        .filter((line) => !/\b10\.0\.\d+\.1\b/.test(line))
        // A killed worker's last words and the next request's line come in any order.
        .sort();
    expect.soft(logged(machine.server), "what the server printed").toEqual(logged(native.server));
  });
}
