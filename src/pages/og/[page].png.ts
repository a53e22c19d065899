/** A picture for links to each lesson, and one for all other pages. */
import { getEntry } from "astro:content";
import type { APIRoute } from "astro";
import { elementsNamed } from "../../mdx/page-elements.ts";
import { contentPages } from "../../site/content-pages.ts";
import { drawOpenGraphPicture, type OpenGraphPicture } from "../../site/open-graph-picture.ts";
import { siteStrings } from "../../strings/strings.ts";

interface Props {
  readonly picture: OpenGraphPicture;
}

async function sidesOf(lab: string): Promise<OpenGraphPicture["sides"]> {
  const { sides } = (await getEntry("labs", lab))?.data.definition ?? {};
  return sides === undefined ? [] : [sides.development, sides.production];
}

export async function getStaticPaths(): Promise<{ params: { page: string }; props: Props }[]> {
  const { site, openGraph } = siteStrings;
  const pages = await contentPages();
  const lessons = pages.flatMap(({ id, data, body }) => {
    const [lab] = elementsNamed("Lab", body);
    return data.kind === "lesson"
      ? [{ page: id.replace(/^lessons\//, ""), title: data.title, lab: lab?.attributes.name ?? "first-load" }]
      : [];
  });
  return Promise.all(
    [...lessons, { page: "index", title: openGraph.question, lab: "first-load" }].map(async ({ page, title, lab }) => ({
      params: { page },
      props: { picture: { title, site: site.title, sides: await sidesOf(lab) } },
    })),
  );
}

export const GET: APIRoute<Props> = async ({ props: { picture } }) =>
  new Response(new Uint8Array(await drawOpenGraphPicture(picture)), { headers: { "Content-Type": "image/png" } });
