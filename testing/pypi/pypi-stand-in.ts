/** What stands in for PyPI in tests: its lists (PEP 691) and wheels, made on the spot. Tests serve what it answers. */
import { createHash } from "node:crypto";
import { strToU8, zipSync } from "fflate";

/** A file of the stand-in. */
export interface PublishedFile {
  readonly name: string;
  readonly version: string;
  /** `Requires-Dist` lines. */
  readonly needs?: readonly string[];
  /** Modules of the wheel, by their paths. */
  readonly modules?: Readonly<Record<string, string>>;
  readonly requiresPython?: string;
  /** Why its author took it back. */
  readonly yanked?: string;
  /** Left out: `py3-none-any.whl`. */
  readonly ending?: string;
  /** What its list says, where it lies. */
  readonly listed?: { readonly sha256?: string; readonly size?: number; readonly url?: string };
}

/** An answer of the stand-in. */
export interface PypiAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer>;
}

const files = "https://files.pythonhosted.org/packages";

/** Bytes of a pure wheel. */
export function wheelBytes({ name, version, needs = [], modules = {} }: PublishedFile): Uint8Array<ArrayBuffer> {
  const folder = `${name.replaceAll("-", "_")}-${version}.dist-info`;
  const lines = [
    "Metadata-Version: 2.1",
    `Name: ${name}`,
    `Version: ${version}`,
    ...needs.map((each) => `Requires-Dist: ${each}`),
    "",
    "Requires-Dist: of-the-description",
  ];
  const contents: Record<string, string> = {
    ...modules,
    [`${folder}/METADATA`]: lines.join("\n"),
    [`${folder}/WHEEL`]: "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
  };
  const record = `${folder}/RECORD`;
  contents[record] = [...Object.keys(contents), record].map((path) => `${path},,\n`).join("");
  return new Uint8Array(
    zipSync(Object.fromEntries(Object.entries(contents).map(([path, text]) => [path, strToU8(text)]))),
  );
}

/** The stand-in. */
export class PypiStandIn {
  readonly #answers = new Map<string, PypiAnswer>();
  readonly #asked: string[] = [];

  constructor(published: readonly PublishedFile[]) {
    for (const name of new Set(published.map((file) => file.name)))
      this.#publish(
        name,
        published.filter((file) => file.name === name),
      );
  }

  /** Addresses that were asked for, in their order. */
  get asked(): readonly string[] {
    return this.#asked;
  }

  /** What PyPI would answer. */
  answer(address: string): PypiAnswer {
    this.#asked.push(address);
    return this.#answers.get(address) ?? answerOf(404, "text/html", strToU8("<h1>404 Not Found</h1>"));
  }

  /** Answers as `fetch` would. */
  readonly fetch = async (address: string): Promise<Response> => {
    const { status, headers, body } = this.answer(address);
    return new Response(body, { status, headers });
  };

  #publish(name: string, published: readonly PublishedFile[]): void {
    const list = published.map((file) => {
      const { version, requiresPython, yanked, ending = "py3-none-any.whl", listed } = file;
      const filename = `${name.replaceAll("-", "_")}-${version}-${ending}`;
      const body = wheelBytes(file);
      const url = listed?.url ?? `${files}/${filename}`;
      this.#answers.set(url, answerOf(200, "application/octet-stream", body));
      const sha256 = listed?.sha256 ?? createHash("sha256").update(body).digest("hex");
      return {
        filename,
        url,
        hashes: sha256 === "" ? {} : { sha256 },
        size: listed?.size ?? body.length,
        "requires-python": requiresPython ?? null,
        yanked: yanked ?? false,
        "core-metadata": false,
      };
    });
    const answer = {
      meta: { "api-version": "1.4" },
      name,
      files: list,
      versions: published.map(({ version }) => version),
    };
    this.#answers.set(
      `https://pypi.org/simple/${name}/`,
      answerOf(200, "application/vnd.pypi.simple.v1+json", strToU8(JSON.stringify(answer))),
    );
  }
}

function answerOf(status: number, type: string, body: Uint8Array): PypiAnswer {
  return { status, headers: { "content-type": type, "access-control-allow-origin": "*" }, body: new Uint8Array(body) };
}
