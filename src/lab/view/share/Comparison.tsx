import { useSignal } from "@preact/signals";
import { besideOf } from "../../../lab-definition/programs.ts";
import type { SideName } from "../../../lab-definition/schema.ts";
import { hiddenCharacterStrings, shareStrings as words } from "../../../strings/strings.ts";
import { codePoint, type LinePart } from "../../basics/hidden-characters.ts";
import { formatCount } from "../../basics/number-format.ts";
import { programTitle } from "../../basics/program-title.ts";
import type { LabSession } from "../../session/lab-session.ts";
import { type ComparedRow, foldedRows } from "../../share/compared-rows.ts";
import { type ComparedLine, isSame, type SetupDifferences } from "../../share/differences.ts";
import { SideBadge } from "../ui/SideBadge.tsx";

/** Shows what a shared lab changes, before anything of it runs. */
export function Comparison({ session, differences }: { session: LabSession; differences: SetupDifferences }) {
  const { files, commands, plan, leftOut } = differences;
  const titleOf = (side: SideName, beside: true | undefined) =>
    programTitle(session.definition.sides, beside ? besideOf[side] : side);
  const label = session.definition.plans.find(({ name }) => name === plan)?.label;
  return (
    <div class="lab-comparison">
      <p>{isSame(differences) ? words.same : words.differs}</p>
      {commands.map(({ side, beside, before, after }) => (
        <div key={`${side} ${beside}`} class={`lab-of-${side}`}>
          <h4>
            <SideBadge side={side} /> {words.command(titleOf(side, beside))}
          </h4>
          <Lines
            label={words.command(titleOf(side, beside))}
            lines={[
              { kind: "removed", text: before },
              { kind: "added", text: after },
            ]}
          />
        </div>
      ))}
      {files.map(({ path, lines, text }) => (
        <div key={path}>
          <h4>{words.file(path)}</h4>
          {lines === undefined && <p>{words.whole}</p>}
          <Lines
            label={words.file(path)}
            lines={lines ?? text.split("\n").map((line) => ({ kind: "added", text: line }))}
          />
        </div>
      ))}
      {label !== undefined && <p>{words.plan(label)}</p>}
      {leftOut.length > 0 && <p>{words.leftOut(leftOut)}</p>}
    </div>
  );
}

const signs = { same: " ", removed: "−", added: "+", gap: "⋯" } as const;
/** Stands before a row that goes on with a line. */
const goesOnSign = "↳";

/**
 * Lines beside each other. What is long is folded, and shown in steps: nobody else decides how large this page becomes.
 */
function Lines({ label, lines }: { label: string; lines: readonly ComparedLine[] }) {
  const pages = useSignal(1);
  const { rows, folded } = foldedRows(lines, pages.value);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard */}
      <section class="lab-compared-lines" aria-label={label} tabIndex={0}>
        <pre>
          {rows.map((row, index) => (
            <Row key={index} row={row} />
          ))}
        </pre>
      </section>
      {folded > 0 && (
        <p class="lab-share-buttons">
          <span>{words.folded(formatCount(folded))}</span>
          <button
            type="button"
            class="lab-button lab-button-small"
            onClick={() => {
              pages.value += 1;
            }}
          >
            {words.showMore}
          </button>
        </p>
      )}
    </>
  );
}

function Row({ row: { kind, goesOn, stretches, emptyLines } }: { row: ComparedRow }) {
  const said = kind === "same" || goesOn ? undefined : words[kind];
  const content = (
    <>
      <span aria-hidden="true">{goesOn ? goesOnSign : signs[kind]} </span>
      {said && <span class="lab-hidden">{said}: </span>}
      {stretches.map((stretch, index) => (
        <Shown key={index} stretch={stretch} />
      ))}
      {emptyLines !== undefined && <mark class="lab-spelt-out">{words.emptyLines(formatCount(emptyLines))}</mark>}
      {"\n"}
    </>
  );
  if (kind === "removed") return <del>{content}</del>;
  return kind === "added" ? <ins>{content}</ins> : <span class={`lab-line-${kind}`}>{content}</span>;
}

function Shown({ stretch }: { stretch: LinePart }) {
  if (stretch.kind === "text") return <>{stretch.text}</>;
  if (stretch.kind === "blank") {
    return <mark class="lab-spelt-out">{hiddenCharacterStrings.blanks(formatCount(stretch.count))}</mark>;
  }
  const point = codePoint(stretch.character);
  return (
    <mark class="lab-spelt-out" title={hiddenCharacterStrings.named(point)}>
      {hiddenCharacterStrings.shown(point, stretch.count === 1 ? undefined : formatCount(stretch.count))}
    </mark>
  );
}
