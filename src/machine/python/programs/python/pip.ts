/** `pip`: says which packages are here, and why there can be no others. */
import type { NativeProgram } from "../../native/system.ts";

/** Names and versions of the packages in the image; the build fills it in. */
declare const bundledPackages: readonly { readonly name: string; readonly version: string }[];

const folder = "/usr/local/lib/python3.14/site-packages";

export const pip: NativeProgram = async (system) => {
  const [command, ...args] = system.args;
  switch (command) {
    case "--version":
    case "-V":
      await system.print("pip, a stand-in of this machine: packages come with the page (python 3.14)\n");
      return 0;
    case "list": {
      const width = Math.max(7, ...bundledPackages.map(({ name }) => name.length));
      const lines = bundledPackages.map(({ name, version }) => `${name.padEnd(width)} ${version}\n`);
      await system.print(`${"Package".padEnd(width)} Version\n${"-".repeat(width)} -------\n${lines.join("")}`);
      return 0;
    }
    case "freeze":
      await system.print(bundledPackages.map(({ name, version }) => `${name}==${version}\n`).join(""));
      return 0;
    case "install": {
      let status = 0;
      for (const requirement of args.filter((arg) => !arg.startsWith("-"))) {
        const answer = answerTo(requirement);
        await system.write(answer.status === 0 ? 1 : 2, `${answer.text}\n`);
        status ||= answer.status;
      }
      return status;
    }
    default:
      await system.write(2, `ERROR: unknown command "${command ?? ""}": here pip knows install, list and freeze\n`);
      return 1;
  }
};

function answerTo(requirement: string): { text: string; status: number } {
  const [, name = requirement, wanted] =
    /^([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]]*\])?(?:==(.+))?/.exec(requirement) ?? [];
  const found = bundledPackages.find((each) => normal(each.name) === normal(name));
  if (found !== undefined && (wanted === undefined || wanted === found.version)) {
    return { text: `Requirement already satisfied: ${requirement} in ${folder} (${found.version})`, status: 0 };
  }
  if (found !== undefined) {
    return {
      text: `ERROR: ${found.name} ${found.version} came with the page: this machine has no network to fetch another version`,
      status: 1,
    };
  }
  if (normal(name) === "uwsgi") {
    return { text: "ERROR: uwsgi is a C program: it runs on the Linux machine, not on this one", status: 1 };
  }
  return {
    text: `ERROR: ${requirement} did not come with the page, and this machine has no network to fetch it`,
    status: 1,
  };
}

/** As PyPI compares names. */
function normal(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, "-");
}
