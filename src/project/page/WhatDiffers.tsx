/** What differs between the two sides, and what the checklist's audit says of the project. */
import { Button } from "../../lab/view/ui/Button.tsx";
import { Prose } from "../../prose/Prose.tsx";
import { auditStrings, projectStrings } from "../../strings/strings.ts";
import { rules } from "../../tools/audit/findings/rules.ts";
import { type EvidenceLinks, linksOf } from "../../tools/audit/page/evidence-link.ts";
import { pageOfDifference } from "../differences/evidence.ts";
import type { Difference } from "../differences/observation.ts";
import type { ProjectFinding } from "./audit-project.ts";
import { differenceSentence } from "./difference-words.ts";

const words = projectStrings.differs;

/** How far the look has come. */
export type Look =
  | { readonly kind: "not yet" }
  | { readonly kind: "looking" }
  | { readonly kind: "found"; readonly differences: readonly Difference[] };

interface WhatDiffersProps {
  readonly look: Look;
  readonly running: boolean;
  readonly findings: readonly ProjectFinding[];
  readonly links: EvidenceLinks;
  /** Where the site's pages are. */
  readonly root: string;
  readonly onLook: () => void;
  /** Shows a file. */
  readonly onFile: (path: string) => void;
}

/** The region. */
export function WhatDiffers({ look, running, findings, links, root, onLook, onFile }: WhatDiffersProps) {
  return (
    <section class="project-panel" aria-label={words.region}>
      <h2>{words.region}</h2>
      <div role="status">
        {look.kind === "not yet" && <p>{words.hint}</p>}
        {look.kind === "looking" && <p>{words.looking}</p>}
        {look.kind === "found" && look.differences.length === 0 && <p>{words.none}</p>}
      </div>
      {look.kind === "found" && look.differences.length > 0 && (
        <ol class="project-differences">
          {look.differences.map((difference) => {
            const sentence = differenceSentence(difference);
            const page = pageOfDifference[difference.kind];
            return (
              <li key={sentence} data-kind={difference.kind}>
                {sentence}{" "}
                <a href={`${root}${page}`}>
                  {words.seeLesson}: {links[page]?.text ?? page}
                </a>
              </li>
            );
          })}
        </ol>
      )}
      <div class="project-buttons">
        <Button off={!running || look.kind === "looking"} onPress={onLook}>
          {words.look}
        </Button>
      </div>
      <h3>{words.auditHeading}</h3>
      {findings.length === 0 && <p>{words.auditNone}</p>}
      <Findings findings={findings} links={links} onFile={onFile} />
    </section>
  );
}

type FindingsProps = Pick<WhatDiffersProps, "findings" | "links" | "onFile">;

function Findings({ findings, links, onFile }: FindingsProps) {
  return (
    <ul class="project-findings">
      {findings.map(({ finding, path, line }) => {
        const { what, why } = auditStrings.rules[finding.rule];
        const { level } = rules[finding.rule];
        return (
          <li key={`${path ?? ""}-${finding.rule}-${finding.from}-${finding.about}`} data-level={level}>
            <details>
              <summary>
                <span class="project-level">{auditStrings[level]}</span> {what(finding.about)}{" "}
                <span class="project-muted">
                  {path === undefined ? words.commandLine(words.sides.production) : words.auditLine(path, line)}
                </span>
              </summary>
              <p>
                <Prose text={why} />
              </p>
              <p>
                {path !== undefined && (
                  <Button weight="quiet" onPress={() => onFile(path)}>
                    {projectStrings.files.editor(path)}
                  </Button>
                )}{" "}
                {linksOf(rules[finding.rule], links).map(({ href, text }, index) => (
                  <span key={href}>
                    {index > 0 && ", "}
                    <a href={href}>{text}</a>
                  </span>
                ))}
              </p>
            </details>
          </li>
        );
      })}
    </ul>
  );
}
