import { useSignal } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import { labStrings } from "../../../strings/strings.ts";
import type { LabSession } from "../../session/lab-session.ts";

type ResultsComponent = ComponentType<{ readonly session: LabSession }>;

/** What came of the last run. Its code is loaded with the machine: before there is one, nothing can be run. */
export function LazyResults({ session }: { readonly session: LabSession }) {
  const results = useSignal<{ readonly component: ResultsComponent } | undefined>(undefined);
  const failed = useSignal(false);
  const wanted = session.machine.value.kind !== "closed" || session.load.result.value !== undefined;

  useEffect(() => {
    if (!wanted) return;
    failed.value = false;
    import("./Results.tsx").then(
      ({ Results }) => {
        results.value = { component: Results };
      },
      () => {
        failed.value = true;
      },
    );
  }, [wanted, results, failed]);

  if (failed.value)
    return <p class="lab-message">{`${labStrings.machine.codeFailed} ${labStrings.machine.codeFailedRemedy}`}</p>;
  const Component = results.value?.component;
  return Component === undefined ? null : <Component session={session} />;
}
