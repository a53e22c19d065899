import type { Component, Truth } from "../machine/machine.ts";
import type { LabSession } from "./lab-session.ts";
import { formatCount } from "./number-format.ts";
import { sideNames } from "./sides.ts";
import { labStrings } from "./strings.ts";

const words = labStrings.trust;
const truths = ["real", "replaced", "emulated"] as const satisfies readonly Truth[];

/** What the figures stand on: how load is made, on what computer, and which parts are real. */
export function TrustLine({ session }: { session: LabSession }) {
  const { value: phase } = session.machine;
  const components = phase.kind === "open" ? phase.machine.components : [];
  return (
    <div class="lab-trust">
      <p>{[...facts(session), words.compare].join(" ")}</p>
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

function facts(session: LabSession): readonly string[] {
  const plan = session.load.plan.value;
  const result = session.load.result.value;
  const requests = sideNames.reduce((sum, side) => sum + (result?.sides[side]?.report.done ?? 0), 0);
  return [
    ...(plan === undefined ? [] : [words.model(labStrings.explain.readers(plan.users), plan.users === 1)]),
    ...(result === undefined ? [] : [words.requests(formatCount(requests))]),
    words.cores(navigator.hardwareConcurrency),
  ];
}

/** `8 parts are real, 3 replaced` */
function summary(components: readonly Component[]): string {
  const counts = truths.flatMap((truth) => {
    const count = components.filter((component) => component.truth === truth).length;
    return count === 0 ? [] : [words.count(count, truth)];
  });
  return words.summary(counts);
}

function Components({ truth, components }: { truth: Truth; components: readonly Component[] }) {
  const these = components.filter((component) => component.truth === truth);
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
