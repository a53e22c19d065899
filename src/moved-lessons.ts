/**
 * Lessons that have moved: what was kept or linked under their old addresses is found under the new ones. An old name
 * never comes back for another lesson, because the words behind the number stay with it.
 */

/** Names of lessons, old and new. */
export const movedLessons: ReadonlyMap<string, string> = new Map([
  ["02-a-request", "03-a-request"],
  ["03-wsgi", "04-wsgi"],
  ["04-one-at-a-time", "05-one-at-a-time"],
  ["05-how-many-workers", "06-how-many-workers"],
  ["06-gunicorn", "07-gunicorn"],
  ["07-waitress", "08-waitress"],
  ["08-the-debugger-is-a-shell", "02-the-debugger-is-a-shell"],
  ["11-uwsgi", "14-uwsgi"],
  ["14-configuration", "11-configuration"],
]);

/** Where pages of lessons stand: each has one of its own in these folders. */
export const lessonFolders = ["lessons", "instructors", "handouts"] as const;

/** A lesson's path as it is now; another path stays as it is. */
export function currentLesson(path: string): string {
  const [, folder, name = ""] = /^(lessons\/)([^/]+)$/.exec(path) ?? [];
  const moved = movedLessons.get(name);
  return folder === undefined || moved === undefined ? path : `${folder}${moved}`;
}
