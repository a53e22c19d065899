/** A lesson leads to the next and the previous lesson. Concepts are looked up, not read in a row. */
import { defineRouteMiddleware } from "@astrojs/starlight/route-data";

export const onRequest = defineRouteMiddleware(({ locals }) => {
  const { entry, pagination } = locals.starlightRoute;
  const isLesson = (link: typeof pagination.next) => link?.href.includes("/lessons/") ?? false;
  const inRow = entry.data.kind === "lesson";
  locals.starlightRoute.pagination = {
    prev: inRow && isLesson(pagination.prev) ? pagination.prev : undefined,
    next: inRow && isLesson(pagination.next) ? pagination.next : undefined,
  };
});
