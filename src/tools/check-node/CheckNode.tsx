/** Tries the Node machine's assumptions in a real WebContainer, after a click. */
import { useEffect, useState } from "preact/hooks";
import { isolatePage } from "../../lab/session/isolation.ts";
import { copyText } from "../../lab/view/ui/copy-text.ts";
import { TableHead } from "../../lab/view/ui/TableHead.tsx";
import type { AssumptionResult } from "../../machine/node/assumptions.ts";
import { siteRoot } from "../../site-root.ts";
import { siteStrings } from "../../strings/strings.ts";
import { asText, type ReportRow } from "./report.ts";

const words = siteStrings.checkNode;

/** The button, the table as it fills, and the same as text. */
export function CheckNode() {
  const [rows, setRows] = useState<readonly ReportRow[]>([]);
  const [status, setStatus] = useState("");
  // Before the page's scripts are there, a click would be lost.
  const [ready, setReady] = useState(false);
  const [busy, setBusy] = useState(false);
  useEffect(() => setReady(true), []);

  const run = async () => {
    setBusy(true);
    try {
      await runChecks(setRows, setStatus);
    } catch (error) {
      setStatus(error instanceof Error ? error.message : String(error));
    }
    setBusy(false);
  };

  return (
    <div class="check-node">
      <button type="button" disabled={!ready} aria-disabled={busy} onClick={() => !busy && void run()}>
        {words.run}
      </button>
      <p role="status">{status}</p>
      {rows.length > 0 && <Results rows={rows} />}
    </div>
  );
}
export default CheckNode;

async function runChecks(show: (rows: readonly ReportRow[]) => void, tell: (status: string) => void): Promise<void> {
  if (!crossOriginIsolated) {
    tell(words.isolating);
    if ((await isolatePage(siteRoot())) === "reloading") return;
  }
  tell(words.booting);
  const { assumptions, openForChecks } = await import("../../machine/node/assumptions.ts");
  const container = await openForChecks(siteRoot());
  const rows: ReportRow[] = [];
  for (const assumption of assumptions) {
    tell(words.running(rows.length, assumptions.length));
    const found = await assumption.try(container).catch(noAnswer);
    rows.push({ name: assumption.name, ...found });
    show([...rows]);
  }
  container.teardown();
  tell(words.done);
}

function noAnswer(error: unknown): AssumptionResult {
  return { result: "no answer", detail: error instanceof Error ? error.message : String(error) };
}

function Results({ rows }: { rows: readonly ReportRow[] }) {
  const [copied, setCopied] = useState(false);
  const text = asText(rows, navigator.userAgent);
  const copy = async () => setCopied(await copyText(text));
  return (
    <>
      <table aria-label={words.table}>
        <TableHead columns={Object.values(words.columns)} />
        <tbody>
          {rows.map(({ name, result, detail }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{words.results[result]}</td>
              <td>{detail}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <button type="button" onClick={() => void copy()}>
        {words.copy}
      </button>
      <span role="status">{copied && words.copied}</span>
      <details>
        <summary>{words.asText}</summary>
        <pre>{text}</pre>
      </details>
    </>
  );
}
