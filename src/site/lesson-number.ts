/** The number of a lesson, which orders the course and is a part of its address. */

/**
 * The number of the lesson with this path below the site's root: 3 of `lessons/03-a-request`.
 *
 * @throws Error if it is no lesson's
 */
export function lessonNumber(id: string): number {
  const [, digits] = /^lessons\/(\d+)-/.exec(id) ?? [];
  if (digits === undefined) throw new Error(`${id} is not the path of a lesson.`);
  return Number(digits);
}
