/**
 * Pages as wide as their lab (`template: splash`) have the list of pages, too, and with it the choice of theme and
 * language on a phone: behind the menu button. Where there is room for the list beside the text, they go without
 * (`site.css`).
 */
import { defineRouteMiddleware } from "@astrojs/starlight/route-data";

export const onRequest = defineRouteMiddleware(({ locals }) => {
  const { entry } = locals.starlightRoute;
  if (entry.data.template === "splash") locals.starlightRoute.hasSidebar = true;
});
