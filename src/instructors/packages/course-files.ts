/** The course's links and questions as files to save: what the page offers, and what `npm run packages` writes. */
import { type CourseData, cartridgeParts } from "./course-data.ts";
import { commonCartridge } from "./course-packages.ts";
import { gift, moodleXml, qtiPackage } from "./question-files.ts";
import { zipPackage } from "./zip-package.ts";

/** The kinds, in the order in which they are offered. */
export const courseFileKinds = ["cartridge", "moodle", "gift", "qti"] as const;

/** A file to save. */
export interface CourseFile {
  readonly name: string;
  /** Its media type. */
  readonly type: string;
  readonly content: string | Uint8Array<ArrayBuffer>;
}

/** The file of a kind, with links below the root of a site. */
export function courseFile(kind: (typeof courseFileKinds)[number], course: CourseData, root: URL): CourseFile {
  switch (kind) {
    case "cartridge": {
      const files = commonCartridge(course.title, cartridgeParts(course, root));
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
