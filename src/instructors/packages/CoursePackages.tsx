/** Buttons that save the course's links and questions for a course system. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { downloadFile } from "../../lab/view/ui/download-file.ts";
import { siteRoot } from "../../site-root.ts";
import { packageStrings } from "../../strings/strings.ts";
import { type CourseData, cartridgeParts } from "./course-data.ts";
import { commonCartridge } from "./course-packages.ts";
import { gift, moodleXml, qtiPackage } from "./question-files.ts";
import { zipPackage } from "./zip-package.ts";
import "../../learning/receipt/receipt.css";

const words = packageStrings;

/** What can be saved. */
type Kind = keyof typeof words.kinds;
const kinds = ["cartridge", "moodle", "gift", "qti"] as const satisfies readonly Kind[];

/** A button for each, with what it is for. */
export function CoursePackages({ course }: { readonly course: CourseData }) {
  const scripted = useSignal(false);
  useEffect(() => {
    scripted.value = true;
  }, [scripted]);
  if (!scripted.value) return <p>{words.needsScript}</p>;
  return (
    <ul class="assign">
      {kinds.map((kind) => (
        <li key={kind}>
          <button type="button" onClick={() => save(kind, course)}>
            {words.kinds[kind].save}
          </button>{" "}
          {words.kinds[kind].what}
        </li>
      ))}
    </ul>
  );
}
export default CoursePackages;

function save(kind: Kind, course: CourseData): void {
  const { name, type, content } = fileOf(kind, course);
  downloadFile(name, type, content);
}

function fileOf(kind: Kind, course: CourseData) {
  switch (kind) {
    case "cartridge": {
      const files = commonCartridge(course.title, cartridgeParts(course, siteRoot()));
      return { name: "two-servers.imscc", type: "application/zip", content: zipPackage(files) };
    }
    case "moodle":
      return { name: "two-servers-moodle.xml", type: "application/xml", content: moodleXml(course.lessons) };
    case "gift":
      return { name: "two-servers.gift.txt", type: "text/plain", content: gift(course.lessons) };
    case "qti": {
      const content = zipPackage(qtiPackage(course.lessons));
      return { name: "two-servers-qti.zip", type: "application/zip", content };
    }
  }
}
