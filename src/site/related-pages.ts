/** Which concepts a page of `content/` leads to: by `<Term name="backlog">`, or by a link to `concepts/backlog/`. */

const mentions = /<Term\s+name="([a-z0-9-]+)"|\bconcepts\/([a-z0-9-]+)\//g;

/** Names of the concepts that a page's MDX leads to, each once, in the order in which they stand. */
export function conceptsIn(body: string): readonly string[] {
  return [...new Set([...body.matchAll(mentions)].map(([, term, linked]) => term ?? linked ?? ""))];
}
