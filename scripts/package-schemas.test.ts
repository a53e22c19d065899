/**
 * Each file of a package against its schema; GIFT, which has none, is read by a parser. The schemas of SCORM and of Content
 * Packaging are ADL's and IMS's own. Those of Common Cartridge 1.1 and QTI 2.1 were found in no package of npm, PyPI or
 * Debian: what their specifications demand of what is written here is in `package-grammars/`, in RELAX NG.
 *
 * @vitest-environment happy-dom
 */
import { globSync, readFileSync } from "node:fs";
import { basename, join, posix } from "node:path";
import { parse as parseGift } from "gift-pegjs";
import { describe, expect, it } from "vitest";
import { validateXML } from "xmllint-wasm";
import { parse } from "yaml";
import { z } from "zod";
import { cartridgeParts } from "../src/instructors/packages/course-data.ts";
import { commonCartridge, type ScormVersion, scormPackage } from "../src/instructors/packages/course-packages.ts";
import { gift, qtiPackage } from "../src/instructors/packages/question-files.ts";
import { elementsNamed } from "../src/mdx/page-elements.ts";
import { scormSchemas } from "./package-schemas.ts";

type Files = Readonly<Record<string, string>>;

const frontmatter = z.object({
  title: z.string(),
  quiz: z.array(
    z.object({
      id: z.string(),
      question: z.string(),
      choices: z.array(z.object({ text: z.string(), right: z.literal(true).optional(), why: z.string() })),
    }),
  ),
});

/** The lessons as they are, and one whose words are as awkward as words can be. */
const lessons = [
  ...globSync("content/lessons/*.mdx")
    .sort()
    .map((path) => {
      const [, head = "", body = ""] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(readFileSync(path, "utf8")) ?? [];
      const { title, quiz } = frontmatter.parse(parse(head));
      const name = basename(path, ".mdx");
      const labs = elementsNamed("Lab", body).flatMap(({ attributes: { name } }) => name ?? []);
      return {
        name,
        title,
        path: `lessons/${name}/`,
        labs: labs.map((name) => ({ name, title: name })),
        questions: quiz,
      };
    }),
  {
    name: "99-awkward",
    title: `<b>"A" & 'b'</b> ]]> \u0001 \u{1f600}`,
    path: "lessons/99-awkward/",
    labs: [{ name: "awkward", title: "& <" }],
    questions: [
      {
        id: "awkward",
        question: "Is `a < b && c > d` <code>?",
        choices: [
          { text: "]]>", right: true as const, why: "`\u0000`" },
          { text: "&amp;", why: "<p>" },
        ],
      },
    ],
  },
];
const address = "https://host.example/a%20course/embed/assignment/?report=scorm&x=1#a=1.eNp-_";
const awkward = lessons.at(-1)?.title ?? "";

/** What xmllint has against files, a line each, by a schema and those that it names, or by a grammar. */
async function faultsOf(
  files: Files,
  schema: string,
  schemas?: ReadonlyMap<string, string>,
): Promise<readonly string[]> {
  const named = ([name, contents]: readonly [string, string]) => ({ fileName: name.replaceAll("/", "-"), contents });
  const { errors } = await validateXML({
    xml: Object.entries(files).map(named),
    ...(schemas === undefined
      ? { extension: "relaxng", schema: readFileSync(join("scripts/package-grammars", schema), "utf8") }
      : {
          schema: { fileName: schema, contents: schemas.get(schema) ?? "" },
          preload: [...schemas].filter(([name]) => name !== schema).map(named),
        }),
  });
  return errors.map(({ rawMessage }) => rawMessage);
}

const xml = (files: Files, under: string) =>
  Object.fromEntries(Object.entries(files).filter(([name]) => name.startsWith(under)));
const manifestOf = (files: Files) => ({ "imsmanifest.xml": files["imsmanifest.xml"] ?? "" });
const read = (text = "") => new DOMParser().parseFromString(text, "application/xml");
const valuesOf = (document: Document, selector: string, name: string) =>
  [...document.querySelectorAll(selector)].map((each) => each.getAttribute(name) ?? "");

/** The schema that leads to all others that a manifest of this edition is read by. */
async function scormFaults(version: ScormVersion, manifest: string): Promise<readonly string[]> {
  const schemas = await scormSchemas(version);
  const [root, profile] =
    version === "1.2" ? ["imscp_rootv1p1p2.xsd", "adlcp_rootv1p2.xsd"] : ["imscp_v1p1.xsd", "adlcp_v1p3.xsd"];
  const target = (name: string) => /targetNamespace\s*=\s*"([^"]+)"/.exec(schemas.get(name) ?? "")?.[1] ?? "";
  // Each schema knows its own namespace, so that one is needed that brings both.
  const both = `<schema xmlns="http://www.w3.org/2001/XMLSchema">${[root, profile]
    .map((name) => `<import namespace="${target(name)}" schemaLocation="${name}"/>`)
    .join("")}</schema>`;
  return faultsOf({ "imsmanifest.xml": manifest }, "both.xsd", new Map([...schemas, ["both.xsd", both]]));
}

describe.each(["1.2", "2004"] as const)("a package of SCORM %s", (version) => {
  const { "imsmanifest.xml": manifest = "" } = scormPackage(version, { title: awkward, address }, "//");
  it("has a manifest that ADL's schemas allow", { timeout: 90_000 }, async () => {
    expect(await scormFaults(version, manifest)).toEqual([]);
  });
  it.each([
    ["an item that is not named", ' identifier="item"', ""],
    ["an element out of place", "<resources>", "<title>T</title><resources>"],
    ["a kind of resource that there is none of", '"sco" href', '"page" href'],
  ])("is refused with %s", { timeout: 90_000 }, async (_, from, to) => {
    expect(manifest).toContain(from);
    expect(await scormFaults(version, manifest.replace(from, to))).not.toEqual([]);
  });
});

describe("a Common Cartridge", () => {
  const course = { title: awkward, lessons };
  const files = commonCartridge(course.title, cartridgeParts(course, new URL("https://host.example/a%20course/")));
  const links = xml(files, "links/");

  it("has a manifest and links as its profile has them", async () => {
    expect(Object.keys(links).length).toBeGreaterThan(2 * 20);
    expect(await faultsOf(manifestOf(files), "cartridge.rng")).toEqual([]);
    expect(await faultsOf(links, "web-link.rng")).toEqual([]);
  });

  it("gives each part a name of its own, and leads each item to a resource whose file is there", () => {
    const manifest = read(files["imsmanifest.xml"]);
    const names = valuesOf(manifest, "[identifier]", "identifier");
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    expect(valuesOf(manifest, "item[identifierref]", "identifierref").toSorted()).toEqual(
      valuesOf(manifest, "resource", "identifier").toSorted(),
    );
    expect(valuesOf(manifest, "file", "href").toSorted()).toEqual(Object.keys(links).toSorted());
  });

  it.each([
    ["another version", "1.1.0", "1.0.0"],
    ["a tree that has no root", ' structure="rooted-hierarchy"', ""],
    ["a kind of resource of 1.0", "imswl_xmlv1p1", "imswl_xmlv1p0"],
    ["an item without a title", /<title>[^<]*<\/title>/, ""],
  ])("is refused with %s", async (_, from, to) => {
    const { "imsmanifest.xml": manifest } = manifestOf(files);
    const changed = manifest.replace(from, to);
    expect(changed).not.toBe(manifest);
    expect(await faultsOf({ "imsmanifest.xml": changed }, "cartridge.rng")).not.toEqual([]);
  });
});

describe("questions as QTI 2.1", () => {
  const files = qtiPackage(lessons);
  const items = xml(files, "items/");
  const tests = xml(files, "tests/");

  it("are items and tests as the specification has them, in a package that IMS's schema allows", {
    timeout: 90_000,
  }, async () => {
    expect(Object.keys(items).length).toBeGreaterThan(3 * 20);
    expect(await faultsOf(items, "qti-item.rng")).toEqual([]);
    expect(await faultsOf(tests, "qti-test.rng")).toEqual([]);
    expect(await faultsOf(manifestOf(files), "imscp_v1p1.xsd", await scormSchemas("2004"))).toEqual([]);
  });

  it("declare what they name: the right choice, what is said of each, and outcomes that are set", () => {
    for (const [name, text] of Object.entries(items)) {
      const item = read(text);
      const choices = valuesOf(item, "simpleChoice", "identifier");
      const declared = valuesOf(item, "responseDeclaration, outcomeDeclaration", "identifier");
      const used = [
        ...valuesOf(item, "variable, correct, setOutcomeValue", "identifier"),
        ...valuesOf(item, "modalFeedback", "outcomeIdentifier"),
        ...valuesOf(item, "choiceInteraction", "responseIdentifier"),
      ];
      expect(new Set(choices).size, name).toBe(choices.length);
      expect(choices, name).toContain(item.querySelector("correctResponse value")?.textContent);
      expect(valuesOf(item, "modalFeedback", "identifier"), name).toEqual(choices);
      expect(
        used.filter((each) => !declared.includes(each)),
        name,
      ).toEqual([]);
    }
  });

  it("are all in the manifest, and those of a lesson in its test", () => {
    const manifest = read(files["imsmanifest.xml"]);
    const resources = valuesOf(manifest, "resource", "identifier");
    expect(new Set(resources).size).toBe(resources.length);
    expect(valuesOf(manifest, "dependency", "identifierref").filter((each) => !resources.includes(each))).toEqual([]);
    expect(valuesOf(manifest, "file", "href").toSorted()).toEqual(Object.keys({ ...items, ...tests }).toSorted());
    const named = Object.entries(tests).flatMap(([path, text]) =>
      valuesOf(read(text), "assessmentItemRef", "href").map((href) => posix.join(posix.dirname(path), href)),
    );
    expect(named.toSorted()).toEqual(Object.keys(items).toSorted());
  });

  it.each([
    ["no right choice", /<correctResponse>.*?<\/correctResponse>/, ""],
    ["a name that begins with a digit", / identifier="c0"/, ' identifier="0"'],
    ["what is said of a choice before the question", /(<itemBody>.*)(<modalFeedback.*<\/modalFeedback>)/, "$2$1"],
    ["a way of showing that there is none of", ' showHide="show"', ' showHide="perhaps"'],
  ])("are refused with %s", async (_, from, to) => {
    const [name = "", text = ""] = Object.entries(items)[0] ?? [];
    const changed = text.replace(from, to);
    expect(changed).not.toBe(text);
    expect(await faultsOf({ [name]: changed }, "qti-item.rng")).not.toEqual([]);
  });
});

describe("questions as GIFT", () => {
  /** Without the tags that are ours, and the references to characters that XML needs. */
  const plain = (html: string) =>
    html
      .replaceAll(/<\/?code>/g, "`")
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">")
      .replaceAll("&quot;", '"')
      .replaceAll("&amp;", "&");
  /** A grammar skips spaces around texts, and knows what stands for a character that XML forbids. */
  const asRead = (text: string) => text.trim().replaceAll("\u0000", "\ufffd").replaceAll("\u0001", "\ufffd");

  it("are read by a parser of GIFT as they are meant: question, choices, which is right, what is said of each", () => {
    const read = parseGift(gift(lessons)).flatMap((each) => (each.type === "MC" ? [each] : []));
    const meant = lessons.flatMap(({ name, questions }) => questions.map((question) => ({ name, question })));
    expect(read.length).toBeGreaterThan(3 * 20);
    expect(read.map(({ title }) => title)).toEqual(meant.map(({ name, question }) => `${name}: ${question.id}`));
    expect(
      read.map(({ stem, choices }) => ({
        question: plain(stem.text),
        choices: choices.map(({ isCorrect, text, feedback }) => ({
          text: plain(text.text),
          right: isCorrect,
          why: plain(feedback?.text ?? ""),
        })),
      })),
    ).toEqual(
      meant.map(({ question: { question, choices } }) => ({
        question: asRead(question),
        choices: choices.map(({ text, right, why }) => ({
          text: asRead(text),
          right: right === true,
          why: asRead(why),
        })),
      })),
    );
  });
});
