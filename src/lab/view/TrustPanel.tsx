import { useState } from "preact/hooks";
import type { Component, Fidelity } from "../../machine/machine.ts";
import { labStrings } from "../../strings/strings.ts";
import type { LabSession } from "../session/lab-session.ts";
import { LazyView } from "./ui/LazyView.tsx";

const words = labStrings.trust;
const truths = ["real", "replaced", "emulated"] as const satisfies readonly Fidelity[];
const loadFacts = async () => (await import("./TrustFacts.tsx")).TrustFacts;
const loadShortcuts = async () => (await import("./Shortcuts.tsx")).Shortcuts;

/** What the figures stand on: how load is made, on what computer, and which parts are real. */
export function TrustPanel({ session }: { session: LabSession }) {
  const [opened, setOpened] = useState(false);
  const { value: phase } = session.machine;
  const components = phase.kind === "open" ? phase.machine.components : [];
  return (
    <div class="lab-trust">
      {session.definition.machine === "linux" && <p>{labStrings.machine.emulated}</p>}
      <p>{words.compare}</p>
      {session.parts.begun && (
        <details
          onToggle={({ currentTarget }) => {
            if (currentTarget.open) setOpened(true);
          }}
        >
          <summary>{words.summary}</summary>
          <LazyView shown={opened} load={loadFacts} of={{ session }} />
        </details>
      )}
      {session.parts.begun && <Keys />}
      {components.length > 0 && (
        <details>
          <summary>{summary(components)}</summary>
          <dl>
            {truths.map((truth) => (
              <Components key={truth} truth={truth} components={components} />
            ))}
          </dl>
        </details>
      )}
    </div>
  );
}

/** Every key of the lab in one place. */
function Keys() {
  const [opened, setOpened] = useState(false);
  return (
    <details
      onToggle={({ currentTarget }) => {
        if (currentTarget.open) setOpened(true);
      }}
    >
      <summary>{labStrings.shortcuts.summary}</summary>
      <LazyView shown={opened} load={loadShortcuts} of={{}} />
    </details>
  );
}

/** `8 parts are real, 3 replaced` */
function summary(components: readonly Component[]): string {
  const counts = truths.flatMap((truth) => {
    const count = components.filter((component) => component.fidelity === truth).length;
    return count === 0 ? [] : [words.count(count, truth)];
  });
  return words.partsSummary(counts);
}

function Components({ truth, components }: { truth: Fidelity; components: readonly Component[] }) {
  const these = components.filter((component) => component.fidelity === truth);
  if (these.length === 0) return null;
  return (
    <>
      <dt>
        <span class="lab-badge">{words.truths[truth]}</span> {words.truthMeanings[truth]}
      </dt>
      {these.map(({ name, version, note }) => (
        <dd key={name}>
          <strong>{words.componentTitle(name, version)}</strong>
          {note && ` ${note}`}
        </dd>
      ))}
    </>
  );
}
