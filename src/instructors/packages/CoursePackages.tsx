/** Buttons that save the course's links and questions for a course system. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { downloadFile } from "../../lab/view/ui/download-file.ts";
import { siteRoot } from "../../site-root.ts";
import { packageStrings } from "../../strings/strings.ts";
import type { CourseData } from "./course-data.ts";
import { courseFile, courseFileKinds } from "./course-files.ts";
import "../../learning/receipt/coursework.css";

const words = packageStrings;

/** A button for each, with what it is for. */
export function CoursePackages({ course }: { readonly course: CourseData }) {
  const scripted = useSignal(false);
  useEffect(() => {
    scripted.value = true;
  }, [scripted]);
  if (!scripted.value) return <p>{words.needsScript}</p>;
  return (
    <ul class="assign controls">
      {courseFileKinds.map((kind) => (
        <li key={kind}>
          <button
            type="button"
            onClick={() => {
              const { name, type, content } = courseFile(kind, course, siteRoot());
              downloadFile(name, type, content);
            }}
          >
            {words.kinds[kind].save}
          </button>{" "}
          {words.kinds[kind].what}
        </li>
      ))}
    </ul>
  );
}
export default CoursePackages;
