/**
 * Writes the packages for course systems into `build/packages/`: links to lessons and labs, and the quiz questions. From
 * the built site:
 *
 *     npm run packages -- https://host.example/course/
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CourseData } from "../src/instructors/packages/course-data.ts";
import { courseFile, courseFileKinds } from "../src/instructors/packages/course-files.ts";
import { scormPackage } from "../src/instructors/packages/course-packages.ts";
import { zipPackage } from "../src/instructors/packages/zip-package.ts";
import { writeAssignment } from "../src/learning/assignment/assignment.ts";

const folder = "build/packages";
const [address = ""] = process.argv.slice(2);
if (!URL.canParse(address) || !address.endsWith("/")) {
  console.error("Say where the site is, with a slash at the end: npm run packages -- https://host.example/course/");
  process.exit(2);
}
const root = new URL(address);
const course: CourseData = JSON.parse(readFileSync("dist/instructors/course.json", "utf8"));
const runtime = readFileSync("src/instructors/packages/sco.js", "utf8");
mkdirSync(folder, { recursive: true });
const write = (name: string, content: string | Uint8Array) => {
  writeFileSync(join(folder, name), content);
  console.log(join(folder, name));
};
for (const kind of courseFileKinds) {
  const { name, content } = courseFile(kind, course, root);
  write(name, content);
}
for (const { name, title, path } of course.lessons) {
  const fragment = writeAssignment({ title, lessons: [{ id: path.replace(/\/$/, ""), quiz: true }] });
  const page = { title, address: new URL(`embed/assignment/?report=scorm${fragment}`, root).href };
  write(`scorm12-${name}.zip`, zipPackage(scormPackage("1.2", page, runtime)));
  write(`scorm2004-${name}.zip`, zipPackage(scormPackage("2004", page, runtime)));
}
