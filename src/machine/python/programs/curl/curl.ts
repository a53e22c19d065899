/**
 * `curl`, for HTTP to the computer itself: there is no network. Words, layout and exit codes are those of curl 8.14.
 */
import { CookieJar } from "../../../../http/cookie-jar.ts";
import { SyscallError } from "../../kernel/errno.ts";
import type { NativeProgram, System } from "../../native/system.ts";
import { cookieFileText, readCookieFile } from "./cookie-file.ts";
import { type CurlOptions, CurlUsageError, parseCurl, type ReadNamedFile } from "./curl-options.ts";

import { Transfer, version } from "./transfer.ts";
import { type PatternedUrl, urlsOf } from "./url-patterns.ts";

export const curl: NativeProgram = async (system) => {
  const input = await standardInput(system);
  const read: ReadNamedFile = (name) =>
    name === "-" ? input : name === "/dev/null" ? new Uint8Array() : system.files.read(system.path(name));
  try {
    const parsed = parseCurl(system.args, read);
    if (typeof parsed === "string") {
      const text =
        parsed === "version" ? `curl ${version}, a stand-in of this machine for it\nProtocols: http\n` : help;
      await system.print(text);
      return 0;
    }
    let status = 0;
    for (const part of parsed) {
      if (part.urls.length === 0) throw new CurlUsageError(system.args.length === 0 ? "" : "(2) no URL specified");
      status = await fetchAll(system, part, read);
      if (part.failEarly && status !== 0) break;
    }
    return status;
  } catch (error) {
    if (error instanceof SyscallError && error.errno !== "EPIPE") {
      await system.complain(`(26) Failed to open/read local data from file/application`);
      return 26;
    }
    if (!(error instanceof CurlUsageError)) throw error;
    if (error.message.startsWith("(3)")) {
      await system.complain(error.message);
      return 3;
    }
    if (error.message !== "") await system.complain(error.message);
    await system.write(2, `${seeHelp}\n`);
    return 2;
  }
};

const seeHelp = "curl: try 'curl --help' or 'curl --manual' for more information";

/** What `@-` and `-T -` stand for: read beforehand, if the arguments name it. */
async function standardInput(system: System): Promise<Uint8Array> {
  const named =
    system.args.some(
      (arg, index) =>
        /(?:^|[=@<])-$/.test(arg) &&
        /^(?:-[a-zA-Z]*[dTFHwK]|--(?:data.*|json|upload-file|form|header|write-out|url-query|config))$/.test(
          system.args[index - 1] ?? "",
        ),
    ) || system.args.some((arg) => /^(?:-d@-|-T-)$/.test(arg));
  return named ? system.readAll(0) : new Uint8Array();
}

async function fetchAll(system: System, options: CurlOptions, read: ReadNamedFile): Promise<number> {
  const jar = new CookieJar();
  for (const cookies of options.cookies.filter((each) => !each.includes("="))) {
    const path = system.path(cookies);
    if (system.files.status(path)?.type === "file") {
      readCookieFile(new TextDecoder().decode(system.files.read(path)), jar);
    }
  }
  const wanted = options.urls.flatMap((url, place): { given: PatternedUrl; place: number }[] =>
    (options.globbing ? urlsOf(url) : [{ url, places: [] }]).map((given) => ({ given, place })),
  );
  for (const upload of options.upload.filter((name) => name !== "-")) {
    if (system.files.status(system.path(upload)) !== undefined) continue;
    await system.complain(`Can't open '${upload}'!\n${seeHelp}`);
  }
  const codes: number[] = [];
  const one = async (index: number): Promise<void> => {
    const { given, place } = wanted[index] ?? { given: { url: "", places: [] }, place: 0 };
    const transfer = new Transfer(system, options, jar, read, { given, place, number: index });
    codes[index] = await transfer.run();
  };
  if (options.parallel) await Promise.all(wanted.map((_, index) => one(index)));
  else {
    for (const index of wanted.keys()) {
      await one(index);
      if (options.failEarly && codes[index] !== 0) break;
    }
  }
  await writeCookies(system, options, jar);
  return options.parallel || options.failEarly ? (codes.find((code) => code !== 0) ?? 0) : (codes.at(-1) ?? 0);
}

async function writeCookies(system: System, { cookieFile }: CurlOptions, jar: CookieJar): Promise<void> {
  if (cookieFile === undefined) return;
  const target = cookieFile === "-" ? 1 : system.descriptors.open(system.path(cookieFile), "write");
  await system.write(target, cookieFileText(jar));
}

const help = `Usage: curl [options...] <url>
 -b, --cookie <data|filename>     Send cookies from string/load from file
 -c, --cookie-jar <filename>      Save cookies to <filename> after operation
 -d, --data <data>                HTTP POST data
 -f, --fail                       Fail fast with no output on HTTP errors
 -D, --dump-header <filename>     Write the received headers to <filename>
 -F, --form <name=content>        Specify multipart MIME data
 -G, --get                        Put the post data in the URL and use GET
 -H, --header <header/@file>      Pass custom header(s) to server
 -I, --head                       Show document info only
 -i, --show-headers               Show response headers in output
     --json <data>                HTTP POST JSON
 -L, --location                   Follow redirects
 -m, --max-time <seconds>         Maximum time allowed for transfer
 -o, --output <file>              Write to file instead of stdout
 -O, --remote-name                Write output to file named as remote file
     --retry <num>                Retry request if transient problems occur
 -s, --silent                     Silent mode
 -S, --show-error                 Show error even when -s is used
 -T, --upload-file <file>         Transfer local FILE to destination
 -u, --user <user:password>       Server user and password
 -v, --verbose                    Make the operation more talkative
 -w, --write-out <format>         Output FORMAT after completion
 -X, --request <method>           Specify request method to use
 -Z, --parallel                   Perform transfers in parallel
`;
