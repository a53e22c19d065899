// @vitest-environment happy-dom

import { unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { cartridgeParts } from "./course-data.ts";
import { commonCartridge, scormPackage } from "./course-packages.ts";
import { gift, moodleXml, qtiPackage } from "./question-files.ts";
import { zipPackage } from "./zip-package.ts";

const lessons = [
  {
    name: "01-two-servers",
    title: "WSGI: this & that / <more>",
    path: "lessons/01-two-servers/",
    labs: [{ name: "first-load", title: "First load" }],
    questions: [
      {
        id: "four",
        question: "What does `flask run --port={8000}` print?",
        choices: [
          { text: "`a ~ b = c`", right: true as const, why: "Because of 1 < 2." },
          { text: "Nothing: #1", why: "It does." },
        ],
      },
    ],
  },
];
const parse = (text: string) => new DOMParser().parseFromString(text, "application/xml");
const texts = (document: Document, name: string) =>
  [...document.getElementsByTagName(name)].map((each) => each.textContent);

describe("questions", () => {
  it("as Moodle XML: a category, the question as HTML, one right choice, what is said of each", () => {
    const document = parse(moodleXml(lessons));
    expect(texts(document, "category")).toEqual(["$course$/Two Servers/WSGI: this & that // <more>"]);
    expect(texts(document, "questiontext")).toEqual(["What does <code>flask run --port={8000}</code> print?"]);
    const answers = [...document.getElementsByTagName("answer")];
    expect(answers.map((each) => each.getAttribute("fraction"))).toEqual(["100", "0"]);
    expect(texts(document, "feedback")).toEqual(["Because of 1 &lt; 2.", "It does."]);
  });

  it("as GIFT, with its own signs escaped", () => {
    expect(gift(lessons)).toBe(
      [
        "$CATEGORY: $course$/Two Servers/WSGI: this & that // <more>",
        "",
        "::01-two-servers\\: four::[html]What does <code>flask run --port\\=\\{8000\\}</code> print?{",
        "\t=<code>a \\~ b \\= c</code>\\#Because of 1 &lt; 2.",
        "\t~Nothing\\: \\#1#It does.",
        "}",
        "",
      ]
        .join("\n")
        .replace("</code>\\#Because", "</code>#Because"),
    );
  });

  it("as QTI: an item for each question whose right choice is declared, a test, and a manifest that names both", () => {
    const files = qtiPackage(lessons);
    expect(Object.keys(files)).toEqual([
      "items/i-01-two-servers-four.xml",
      "tests/t-01-two-servers.xml",
      "imsmanifest.xml",
    ]);
    const item = parse(files["items/i-01-two-servers-four.xml"] ?? "");
    expect(item.getElementsByTagName("correctResponse")[0]?.textContent).toBe("c0");
    expect([...item.getElementsByTagName("simpleChoice")].map((each) => each.getAttribute("identifier"))).toEqual([
      "c0",
      "c1",
    ]);
    const manifest = parse(files["imsmanifest.xml"] ?? "");
    const named = [...manifest.getElementsByTagName("file")].map((each) => each.getAttribute("href"));
    expect(named.every((name) => name !== null && name in files)).toBe(true);
  });
});

describe("packages", () => {
  it.each(["1.2", "2004"] as const)(
    "SCORM %s: the manifest names its files, the page frames the address",
    (version) => {
      const address = "https://host.example/course/assignment/?report=scorm&x=1#a=1.eNp";
      const files = scormPackage(version, { title: "Week 1 <script>", address }, "// runtime");
      const manifest = parse(files["imsmanifest.xml"] ?? "");
      expect(texts(manifest, "title")).toEqual(["Week 1 <script>", "Week 1 <script>"]);
      expect([...manifest.getElementsByTagName("file")].map((each) => each.getAttribute("href") ?? "")).toEqual(
        Object.keys(files).filter((name) => name !== "imsmanifest.xml"),
      );
      const page = new DOMParser().parseFromString(files["index.html"] ?? "", "text/html");
      expect(page.querySelector("iframe")?.getAttribute("src")).toBe(address);
      expect(page.querySelectorAll("script")).toHaveLength(1);
    },
  );

  it("a cartridge has a link to each lesson and lab", () => {
    const course = { title: "Two Servers", lessons };
    const files = commonCartridge("Two Servers", cartridgeParts(course, new URL("https://host.example/course/")));
    const links = Object.entries(files).filter(([name]) => name.startsWith("links/"));
    expect(links.map(([, text]) => parse(text).getElementsByTagName("url")[0]?.getAttribute("href"))).toEqual([
      "https://host.example/course/lessons/01-two-servers/",
      "https://host.example/course/embed/first-load/",
    ]);
    const manifest = parse(files["imsmanifest.xml"] ?? "");
    const items = [...manifest.getElementsByTagName("item")].flatMap(
      (each) => each.getAttribute("identifierref") ?? [],
    );
    const resources = [...manifest.getElementsByTagName("resource")].map((each) => each.getAttribute("identifier"));
    expect(items).toEqual(resources);
  });

  it("are the same bytes whenever they are made", () => {
    const once = zipPackage({ "a.txt": "one", "b/c.txt": "two" });
    expect(zipPackage({ "a.txt": "one", "b/c.txt": "two" })).toEqual(once);
    expect(Object.keys(unzipSync(once))).toEqual(["a.txt", "b/c.txt"]);
  });
});
