/** The course as data: what `npm run packages` makes its files from. */
import type { APIRoute } from "astro";
import { builtCourse } from "../../instructors/packages/built-course.ts";

export const GET: APIRoute = async () => Response.json(await builtCourse());
