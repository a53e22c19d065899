// @vitest-environment happy-dom
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { type PublishedFile, PypiStandIn, wheelBytes } from "../../../testing/pypi/pypi-stand-in.ts";
import type { AskAddress } from "./ask-pypi.ts";
import type { WantedPackage } from "./plan-packages.ts";
import { PypiVisit } from "./pypi-visit.ts";

const here = new Map([["flask", { name: "flask", version: "3.1.3", builtIn: true }]]);
const wanted = (name: string, specifier = "", ...extras: string[]): WantedPackage => ({ name, specifier, extras });
const never = new AbortController().signal;

/** Goes on to the end, as a reader who agrees to everything; each step's addresses. */
async function toTheEnd(visit: PypiVisit): Promise<readonly (readonly string[])[]> {
  const steps: (readonly string[])[] = [];
  while (!visit.over) {
    const { plan } = visit;
    steps.push([...plan.lists.map(({ address }) => address), ...plan.files.map(({ url }) => url)]);
    await visit.step(plan, never);
  }
  return steps;
}

/** What becomes of these packages: the wheels' names, and what hinders. */
async function outcome(published: readonly PublishedFile[], ...roots: readonly WantedPackage[]) {
  const visit = new PypiVisit(roots, here, new PypiStandIn(published).fetch);
  await toTheEnd(visit);
  const { ready, hindered } = visit.plan;
  return {
    ready: ready.map(({ chosen }) => chosen.filename),
    hindered: hindered.map(({ name, because, problem }) => ({ name, because, ...problem })),
  };
}
const taken = async (published: readonly PublishedFile[], ...roots: readonly WantedPackage[]) =>
  (await outcome(published, ...roots)).ready;
const hinders = async (published: readonly PublishedFile[], ...roots: readonly WantedPackage[]) =>
  (await outcome(published, ...roots)).hindered;

describe("PypiVisit", () => {
  // [threat: foreign-package]
  it("names every address before it asks for it, and asks for no other", async () => {
    const stand = new PypiStandIn([
      { name: "left-pad", version: "1.2", needs: ["wide-space>=2", "Flask>=3", 'old; python_version < "3"'] },
      { name: "wide-space", version: "2.1" },
    ]);
    const visit = new PypiVisit([wanted("left-pad")], here, stand.fetch);
    expect(visit.plan.lists).toEqual([
      { name: "left-pad", address: "https://pypi.org/simple/left-pad/", neededBy: [] },
    ]);
    expect(stand.asked).toEqual([]);
    const files = "https://files.pythonhosted.org/packages";
    const steps = await toTheEnd(visit);
    expect(steps).toEqual([
      ["https://pypi.org/simple/left-pad/"],
      [`${files}/left_pad-1.2-py3-none-any.whl`],
      ["https://pypi.org/simple/wide-space/"],
      [`${files}/wide_space-2.1-py3-none-any.whl`],
    ]);
    expect(stand.asked).toEqual(steps.flat());
    expect(visit.plan.ready.map(({ chosen, bytes }) => [chosen.filename, bytes.length])).toEqual([
      ["left_pad-1.2-py3-none-any.whl", expect.any(Number)],
      ["wide_space-2.1-py3-none-any.whl", expect.any(Number)],
    ]);
    expect(visit.plan.hindered).toEqual([]);
  });

  // [threat: foreign-package]
  it("asks as nobody in particular, and follows to no other address", async () => {
    const seen: RequestInit[] = [];
    const ask: AskAddress = async (_, init) => {
      seen.push(init);
      return new Response("", { status: 404 });
    };
    await toTheEnd(new PypiVisit([wanted("a")], here, ask));
    expect(seen).toEqual([
      expect.objectContaining({
        credentials: "omit",
        referrerPolicy: "no-referrer",
        redirect: "error",
        cache: "no-store",
        headers: { accept: "application/vnd.pypi.simple.v1+json" },
      }),
    ]);
  });

  const versions = (...all: readonly string[]) => all.map((version) => ({ name: "a", version }));
  it.each([
    ["the newest", versions("1.9", "1.10", "1.2"), "", "1.10"],
    ["the newest that fits", versions("1.9", "2.0", "1.10"), "<2,!=1.10", "1.9"],
    ["no pre-release", versions("1.0", "2.0rc1"), "", "1.0"],
    ["a pre-release where nothing else is", versions("2.0b1", "2.0rc1"), "", "2.0rc1"],
    ["what was not taken back", [...versions("1.0"), { name: "a", version: "1.1", yanked: "" }], "", "1.0"],
    ["what was taken back, by its number", [{ name: "a", version: "1.1", yanked: "broken" }], "==1.1", "1.1"],
    ["what this Python runs", [...versions("1.0"), { name: "a", version: "2.0", requiresPython: ">=3.99" }], "", "1.0"],
    [
      "pure wheels alone",
      [...versions("1.0"), { name: "a", version: "2.0", ending: "cp314-cp314-win32.whl" }],
      "",
      "1.0",
    ],
    ["no source archive", [...versions("1.0"), { name: "a", version: "2.0", ending: "sdist.tar.gz" }], "", "1.0"],
  ])("takes %s", async (_, published, specifier, version) => {
    expect(await taken(published, wanted("a", specifier))).toEqual([`a-${version}-py3-none-any.whl`]);
  });

  it("takes a wheel for several Pythons, and none for a newer one", async () => {
    const published = [
      { name: "a", version: "1.0", ending: "py2.py3-none-any.whl" },
      { name: "a", version: "1.1", ending: "py39-none-any.whl" },
      { name: "a", version: "1.2", ending: "py399-none-any.whl" },
      { name: "a", version: "1.3", ending: "py2-none-any.whl" },
    ];
    expect(await taken(published, wanted("a"))).toEqual(["a-1.1-py39-none-any.whl"]);
    expect(await taken(published, wanted("a", "<1.1"))).toEqual(["a-1.0-py2.py3-none-any.whl"]);
  });

  it("takes of a package what suits all that ask for it, and what its extras need", async () => {
    const published = [
      { name: "a", version: "1.0", needs: ["c<2"] },
      { name: "b", version: "1.0", needs: ['c>=1; extra == "wide"', 'd; extra == "wide"', 'e; extra == "deep"'] },
      { name: "c", version: "1.0" },
      { name: "c", version: "2.0", needs: ["never"] },
      { name: "d", version: "1.0", needs: ["a"] },
    ];
    expect((await taken(published, wanted("b", "", "wide"), wanted("a"))).toSorted()).toEqual([
      "a-1.0-py3-none-any.whl",
      "b-1.0-py3-none-any.whl",
      "c-1.0-py3-none-any.whl",
      "d-1.0-py3-none-any.whl",
    ]);
    expect(await taken(published, wanted("b"))).toEqual(["b-1.0-py3-none-any.whl"]);
  });

  it("says what hinders, and takes nothing of a package that would be incomplete", async () => {
    const a = { name: "a", version: "1.0" };
    expect(await hinders([], wanted("a"))).toEqual([{ name: "a", because: "a", kind: "unknown package" }]);
    expect(await hinders([{ ...a, ending: "cp314-cp314-win32.whl" }], wanted("a"))).toMatchObject([
      { kind: "no pure wheel", native: true },
    ]);
    expect(await hinders([{ ...a, ending: "sdist.tar.gz" }], wanted("a"))).toMatchObject([
      { kind: "no pure wheel", native: false },
    ]);
    expect(await hinders([a], wanted("a", ">=2"))).toMatchObject([
      { kind: "no version fits", wanted: ">=2", newest: "1.0" },
    ]);
    expect(await hinders([{ ...a, requiresPython: "<3.9" }], wanted("a"))).toMatchObject([
      { kind: "another python", version: "1.0", requires: "<3.9" },
    ]);
    expect(
      await outcome(
        [
          { ...a, needs: ["flask<3", "b"] },
          { name: "b", version: "1" },
        ],
        wanted("a"),
      ),
    ).toEqual({
      ready: [],
      hindered: [{ name: "a", because: "a", kind: "clashes", needs: "flask<3", version: "3.1.3" }],
    });
    expect(
      await outcome(
        [
          { ...a, needs: ["b"] },
          { name: "b", version: "1", needs: ["bcrypt"] },
        ],
        wanted("a"),
      ),
    ).toEqual({
      ready: [],
      hindered: [{ name: "a", because: "bcrypt", kind: "native", advice: "werkzeug.security" }],
    });
    expect(await hinders([{ ...a, needs: ["b @ https://example.org/b.whl"] }], wanted("a"))).toMatchObject([
      { kind: "elsewhere", needs: "b", address: "https://example.org/b.whl" },
    ]);
  });

  it("takes one package where another is hindered", async () => {
    const found = await outcome([{ name: "a", version: "1.0" }], wanted("a"), wanted("b"));
    expect(found).toEqual({
      ready: ["a-1.0-py3-none-any.whl"],
      hindered: [{ name: "b", because: "b", kind: "unknown package" }],
    });
  });

  // [threat: foreign-package]
  it("refuses what is not what the list says, and files of other computers, without a checksum, or too large", async () => {
    const a = { name: "a", version: "1.0" };
    const listed = (what: PublishedFile["listed"]) => hinders([{ ...a, ...(what && { listed: what }) }], wanted("a"));
    expect(await listed({ sha256: "0".repeat(64) })).toMatchObject([{ kind: "changed" }]);
    expect(await listed({ url: "https://example.org/a-1.0-py3-none-any.whl" })).toMatchObject([
      { kind: "no safe file" },
    ]);
    expect(await listed({ url: "https://files.pythonhosted.org.example.org/a.whl" })).toMatchObject([
      { kind: "no safe file" },
    ]);
    expect(await listed({ sha256: "" })).toMatchObject([{ kind: "no safe file" }]);
    expect(await listed({ size: 10_000_001 })).toMatchObject([{ kind: "too large", limit: 10_000_000 }]);
  });

  it("refuses a file that goes on beyond its size, is no wheel, or is another package's", async () => {
    const stand = new PypiStandIn([{ name: "a", version: "1.0" }]);
    const instead = async (body: BodyInit) => {
      const visit = new PypiVisit([wanted("a")], here, async (address) =>
        address.endsWith(".whl") ? new Response(body) : stand.fetch(address),
      );
      await toTheEnd(visit);
      return visit.plan.hindered.map(({ problem }) => problem.kind);
    };
    expect(await instead(new Uint8Array(10_000_001))).toEqual(["too large"]);
    expect(await instead(wheelBytes({ name: "a", version: "1.1" }))).toEqual(["changed"]);
    const other = wheelBytes({ name: "evil", version: "1.0" });
    const sha256 = createHash("sha256").update(other).digest("hex");
    const lying = new PypiStandIn([{ name: "a", version: "1.0", listed: { sha256 } }]);
    const visit = new PypiVisit([wanted("a")], here, async (address) =>
      address.endsWith(".whl") ? new Response(other) : lying.fetch(address),
    );
    await toTheEnd(visit);
    expect(visit.plan.hindered.map(({ problem }) => problem.kind)).toEqual(["not a wheel"]);
  });

  it.each([
    ["unreachable", async () => Promise.reject(new TypeError("Failed to fetch"))],
    ["refused", async () => new Response("", { status: 503 })],
    ["not a list", async () => new Response("<p>Log in to this network</p>")],
    ["not a list", async () => new Response('{"meta":{"api-version":"2.0"},"name":"a","files":[]}')],
    ["not a list", async () => new Response('{"meta":{"api-version":"1.0"},"name":"b","files":[]}')],
    ["too large", async () => new Response(new Uint8Array(20_000_001))],
  ] satisfies readonly (readonly [string, AskAddress])[])("says %s where that is so", async (kind, ask) => {
    const visit = new PypiVisit([wanted("a")], here, ask);
    await toTheEnd(visit);
    expect(visit.plan.hindered).toMatchObject([{ name: "a", problem: { kind } }]);
  });

  it("comes to an end with more packages than it takes, and with some that need each other", async () => {
    const chain = Array.from({ length: 60 }, (_, at) => ({
      name: `p${at}`,
      version: "1",
      needs: [`p${at + 1}`, `p${Math.max(0, at - 1)}`],
    }));
    expect(await hinders(chain, wanted("p0"))).toMatchObject([{ kind: "too many", limit: 40 }]);
    expect(await taken(chain.slice(0, 3).concat({ name: "p3", version: "1", needs: [] }), wanted("p0"))).toHaveLength(
      4,
    );
    // The newer x is taken for nobody: it is what makes y ask for the older one.
    const circle = [
      { name: "x", version: "2", needs: ["y"] },
      { name: "x", version: "1" },
      { name: "y", version: "1", needs: ["x<2"] },
    ];
    expect(await hinders(circle, wanted("x"))).toMatchObject([{ kind: "undecided" }]);
  });

  it("stops when it is told to", async () => {
    const stop = new AbortController();
    const visit = new PypiVisit([wanted("a")], here, (_, { signal }) => {
      stop.abort();
      return Promise.reject(signal?.reason);
    });
    await expect(visit.step(visit.plan, stop.signal)).rejects.toThrow(/abort/i);
    expect(visit.plan.lists).toHaveLength(1);
  });
});
