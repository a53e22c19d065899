/**
 * The questions of the course as files that course systems read: Moodle XML and GIFT (Moodle docs, "Moodle XML format",
 * "GIFT format"), and QTI 2.1 (IMS, "Question and Test Interoperability 2.1") in a content package. Each with what is
 * said of every choice.
 */
import { proseParts } from "../../prose/prose-parts.ts";
import type { QuizQuestion } from "../../schemas/page.ts";
import { element, escapeXml, textElement, xmlFile } from "./xml.ts";

/** A lesson and its questions. */
export interface LessonQuestions {
  /** The last part of its path: `01-two-servers`. */
  readonly name: string;
  readonly title: string;
  readonly questions: readonly QuizQuestion[];
}

/** A text of the course as HTML: what stands between backticks is code. */
function htmlOf(text: string): string {
  return proseParts(text)
    .map((part) => (part.code ? `<code>${escapeXml(part.text)}</code>` : escapeXml(part.text)))
    .join("");
}

/** A question bank for Moodle's import, a category for each lesson. */
export function moodleXml(lessons: readonly LessonQuestions[]): string {
  const html = (name: string, text: string, attributes: Readonly<Record<string, string>> = {}, more = "") =>
    element(name, { ...attributes, format: "html" }, [textElement("text", htmlOf(text)), more]);
  const questions = lessons.flatMap(({ name, title, questions }) => [
    element("question", { type: "category" }, [
      // A slash would begin a category within.
      element("category", {}, textElement("text", `$course$/Two Servers/${title.replaceAll("/", "//")}`)),
    ]),
    ...questions.map(({ id, question, choices }) =>
      element("question", { type: "multichoice" }, [
        element("name", {}, textElement("text", `${name}: ${id}`)),
        html("questiontext", question),
        textElement("defaultgrade", "1"),
        textElement("penalty", "0.3333333"),
        textElement("hidden", "0"),
        textElement("single", "true"),
        textElement("shuffleanswers", "true"),
        textElement("answernumbering", "abc"),
        ...choices.map(({ text, right, why }) =>
          html("answer", text, { fraction: right ? "100" : "0" }, html("feedback", why)),
        ),
      ]),
    ),
  ]);
  return xmlFile(element("quiz", {}, questions));
}

/** The questions as GIFT, whose own signs are escaped. */
export function gift(lessons: readonly LessonQuestions[]): string {
  const plain = (text: string) => htmlOf(text).replaceAll(/[\\~=#{}:]/g, "\\$&");
  const blocks = lessons.flatMap(({ name, title, questions }) => [
    `$CATEGORY: $course$/Two Servers/${title.replaceAll("/", "//")}`,
    ...questions.map(({ id, question, choices }) => {
      const lines = choices.map(({ text, right, why }) => `\t${right ? "=" : "~"}${plain(text)}#${plain(why)}`);
      return [`::${plain(`${name}: ${id}`)}::[html]${plain(question)}{`, ...lines, "}"].join("\n");
    }),
  ]);
  return `${blocks.join("\n\n")}\n`;
}

const qtiNamespace = "http://www.imsglobal.org/xsd/imsqti_v2p1";
const packageNamespace = "http://www.imsglobal.org/xsd/imscp_v1p1";

/** A content package of QTI 2.1, file by file: an item for each question, a test for each lesson. */
export function qtiPackage(lessons: readonly LessonQuestions[]): Readonly<Record<string, string>> {
  const files: Record<string, string> = {};
  const resources: string[] = [];
  for (const { name, title, questions } of lessons) {
    const items = questions.map((question) => ({ question, id: `i-${name}-${question.id}` }));
    for (const { question, id } of items) {
      files[`items/${id}.xml`] = qtiItem(id, question);
      resources.push(resource(id, "imsqti_item_xmlv2p1", `items/${id}.xml`, []));
    }
    const test = `t-${name}`;
    files[`tests/${test}.xml`] = qtiTest(
      test,
      title,
      items.map(({ id }) => id),
    );
    resources.push(
      resource(
        test,
        "imsqti_test_xmlv2p1",
        `tests/${test}.xml`,
        items.map(({ id }) => id),
      ),
    );
  }
  files["imsmanifest.xml"] = xmlFile(
    element("manifest", { xmlns: packageNamespace, identifier: "two-servers-questions" }, [
      element("metadata", {}, [textElement("schema", "QTIv2.1 Package"), textElement("schemaversion", "1.0.0")]),
      element("organizations", {}),
      element("resources", {}, resources),
    ]),
  );
  return files;
}

function resource(identifier: string, type: string, href: string, needs: readonly string[]): string {
  return element("resource", { identifier, type, href }, [
    element("file", { href }),
    ...needs.map((identifierref) => element("dependency", { identifierref })),
  ]);
}

function qtiItem(identifier: string, { id, question, choices }: QuizQuestion): string {
  const named = choices.map((choice, index) => ({ ...choice, name: `c${index}` }));
  const right = named.flatMap((choice) => (choice.right ? [choice.name] : []));
  return xmlFile(
    element(
      "assessmentItem",
      { xmlns: qtiNamespace, identifier, title: id, adaptive: "false", timeDependent: "false" },
      [
        element("responseDeclaration", { identifier: "RESPONSE", cardinality: "single", baseType: "identifier" }, [
          element(
            "correctResponse",
            {},
            right.map((name) => textElement("value", name)),
          ),
        ]),
        element("outcomeDeclaration", { identifier: "SCORE", cardinality: "single", baseType: "float" }, [
          element("defaultValue", {}, textElement("value", "0")),
        ]),
        element("outcomeDeclaration", { identifier: "FEEDBACK", cardinality: "single", baseType: "identifier" }),
        element("itemBody", {}, [
          element("choiceInteraction", { responseIdentifier: "RESPONSE", shuffle: "true", maxChoices: "1" }, [
            element("prompt", {}, htmlOf(question)),
            ...named.map(({ name, text }) => element("simpleChoice", { identifier: name }, htmlOf(text))),
          ]),
        ]),
        element("responseProcessing", {}, [
          element("responseCondition", {}, [
            element("responseIf", {}, [
              element("match", {}, [
                element("variable", { identifier: "RESPONSE" }),
                element("correct", { identifier: "RESPONSE" }),
              ]),
              element("setOutcomeValue", { identifier: "SCORE" }, textElement("baseValue", "1", { baseType: "float" })),
            ]),
          ]),
          element("setOutcomeValue", { identifier: "FEEDBACK" }, element("variable", { identifier: "RESPONSE" })),
        ]),
        ...named.map(({ name, why }) =>
          element(
            "modalFeedback",
            { outcomeIdentifier: "FEEDBACK", identifier: name, showHide: "show" },
            element("p", {}, htmlOf(why)),
          ),
        ),
      ],
    ),
  );
}

function qtiTest(identifier: string, title: string, items: readonly string[]): string {
  return xmlFile(
    element("assessmentTest", { xmlns: qtiNamespace, identifier, title }, [
      element("testPart", { identifier: "part", navigationMode: "nonlinear", submissionMode: "individual" }, [
        element("assessmentSection", { identifier: "section", title, visible: "true" }, [
          ...items.map((id) => element("assessmentItemRef", { identifier: id, href: `../items/${id}.xml` })),
        ]),
      ]),
    ]),
  );
}
