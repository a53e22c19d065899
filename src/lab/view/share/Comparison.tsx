import { shareStrings as words } from "../../../strings/strings.ts";
import type { LabSession } from "../../session/lab-session.ts";
import { type ComparedLine, type Differences, isSame } from "../../share/differences.ts";
import { SideBadge } from "../ui/SideBadge.tsx";

/** Shows what a shared lab changes, before anything of it runs. */
export function Comparison({ session, differences }: { session: LabSession; differences: Differences }) {
  const { files, commands, plan, leftOut } = differences;
  const label = session.definition.plans.find(({ name }) => name === plan)?.label;
  return (
    <div class="lab-comparison">
      <p>{isSame(differences) ? words.same : words.differs}</p>
      {commands.map(({ side, before, after }) => (
        <div key={side} class={`lab-of-${side}`}>
          <h4>
            <SideBadge side={side} /> {words.command(session.sides[side].definition.title)}
          </h4>
          <Lines
            label={words.command(session.sides[side].definition.title)}
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

function Lines({ label, lines }: { label: string; lines: readonly ComparedLine[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard
    <section class="lab-compared-lines" aria-label={label} tabIndex={0}>
      <pre>
        {lines.map((line, index) => (
          <Line key={index} line={line} />
        ))}
      </pre>
    </section>
  );
}

function Line({ line: { kind, text } }: { line: ComparedLine }) {
  const said = kind === "same" ? undefined : words[kind];
  const content = (
    <>
      <span aria-hidden="true">{signs[kind]} </span>
      {said && <span class="lab-hidden">{said}: </span>}
      {text}
      {"\n"}
    </>
  );
  if (kind === "removed") return <del>{content}</del>;
  return kind === "added" ? <ins>{content}</ins> : <span class={`lab-line-${kind}`}>{content}</span>;
}
