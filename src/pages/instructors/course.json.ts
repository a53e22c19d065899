/** The course as data: what `npm run packages` makes its files from. */
import type { APIRoute } from "astro";
import { courseData } from "../../site/course-data.ts";

export const GET: APIRoute = async () => Response.json(await courseData());
