import { useEffect } from "preact/hooks";
import { labStrings } from "../../../strings/strings.ts";
import type { LabSession } from "../../session/lab-session.ts";
import { useLazyCode } from "../ui/use-lazy-code.ts";

/** What came of the last run. Its code is loaded with the machine: before there is one, nothing can be run. */
export function LazyResults({ session }: { readonly session: LabSession }) {
  const results = useLazyCode(async () => (await import("./Results.tsx")).Results);
  const wanted = session.machine.value.kind !== "closed" || session.load.result.value !== undefined;

  useEffect(() => {
    if (wanted) void results.load();
  }, [wanted, results]);

  if (results.failed.value)
    return <p class="lab-message">{`${labStrings.machine.codeFailed} ${labStrings.machine.codeFailedRemedy}`}</p>;
  const { value: Results } = results.code;
  return Results === undefined ? null : <Results session={session} />;
}
