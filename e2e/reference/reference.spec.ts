// @project waiting
/**
 * The reference: the same requests to the native servers and to those in the page; status, headers, body, log and the
 * rest agree field by field. `normalise.ts` lists what may differ anyhow,
 * `src/machine/python/fidelity/known-differences.json` what does differ, and why.
 */

import { type NativePython, nativePython } from "../../scripts/native-python.ts";
import listed from "../../src/machine/python/fidelity/known-differences.json" with { type: "json" };
import { expect, home, type PageComputer, test } from "../../testing/browser/machine.ts";
import { freePort, NativeSide } from "./native-side.ts";
import { normalise, type SideNames } from "./normalise.ts";
import { PageSide } from "./page-side.ts";
import type { Course, Observed } from "./scenario.ts";
import { asgiCourses } from "./scenarios/asgi.ts";
import { flaskCourses } from "./scenarios/flask.ts";
import { gunicornCourses } from "./scenarios/gunicorn.ts";
import { systemCourses } from "./scenarios/system.ts";
import { waitressCourses } from "./scenarios/waitress.ts";

const pageNames: SideNames = {
  home,
  packages: "/lib/site-packages.zip",
  installed: "/usr/local/lib/python3.14/site-packages",
  bin: "/usr/local/bin",
  standardLibrary: "/lib/python314.zip",
};

/** A field in which the page is known to differ. */
interface KnownDifference {
  readonly course: string;
  readonly scenario: string;
  readonly field: string;
  /** One sentence for readers. */
  readonly reason: string;
  /** Natively it is a race, in which both sides now and then agree: the page always says this. */
  readonly always?: string;
}

const knownDifferences: readonly KnownDifference[] = listed;

let python: NativePython;

test.beforeAll(() => {
  test.setTimeout(120_000);
  // Throws one line that says what is missing.
  python = nativePython();
});

for (const course of [...systemCourses, ...flaskCourses, ...gunicornCourses, ...waitressCourses, ...asgiCourses]) {
  test(course.name, async ({ computer }) => {
    test.setTimeout(120_000);
    const { native, page } = await bothSides(course, computer);
    for (const [name, fields] of native) {
      for (const [field, value] of Object.entries(fields)) compare(course, name, field, value, page.get(name)?.[field]);
    }
  });
}

/** What was observed on either side, made alike where it may differ. */
async function bothSides(course: Course, computer: PageComputer) {
  const side = new NativeSide(python);
  try {
    const port = await freePort();
    const native = await side.run(course, port);
    const page = await new PageSide(computer, native).run(course, port);
    return { native: alike(native, { ...python, home: side.folder }), page: alike(page, pageNames) };
  } finally {
    side.dispose();
  }
}

function alike(observed: ReadonlyMap<string, Observed>, names: SideNames): ReadonlyMap<string, Observed> {
  return new Map([...observed].map(([name, fields]) => [name, normalise(fields, names)]));
}

function compare(course: Course, name: string, field: string, native: string, page: string | undefined): void {
  const known = knownDifferences.find(
    (difference) => difference.course === course.name && difference.scenario === name && difference.field === field,
  );
  const what = `${course.name}: ${name}: ${field}`;
  if (known?.always !== undefined) expect.soft(page, what).toContain(known.always);
  else if (known) expect.soft(page, `${what} is listed as a difference`).not.toBe(native);
  else expect.soft(page, what).toBe(native);
}
