/** Says whether this computer, browser and network run each kind of lab, after a click. */
import { useEffect, useRef, useState } from "preact/hooks";
import { TableHead } from "../../lab/view/ui/TableHead.tsx";
import { CopyButton } from "../../site/CopyButton.tsx";
import { siteRoot } from "../../site-root.ts";
import { checkComputerStrings } from "../../strings/strings.ts";
import "../../styles/tool.css";
import "./check-computer.css";
import { type CheckedRow, checkReport, mailWith } from "./check-report.ts";
import { computerChecks, verdictOf } from "./computer-checks.ts";

const words = checkComputerStrings;

/** The button, the table as it fills, the verdict, and the same as text. */
export function CheckComputer() {
  const [rows, setRows] = useState<readonly CheckedRow[]>([]);
  const [running, setRunning] = useState<string | undefined>(undefined);
  const [when, setWhen] = useState<Date | undefined>(undefined);
  // Before the page's scripts are there, a click would be lost.
  const [ready, setReady] = useState(false);
  useEffect(() => setReady(true), []);

  const run = async () => {
    setRows([]);
    setWhen(undefined);
    const { open } = await import("../../machine/open.ts");
    const found: CheckedRow[] = [];
    for (const { name, run: check } of computerChecks({ siteRoot: siteRoot(), open })) {
      setRunning(words.running(name));
      found.push({ name, ...(await check()) });
      setRows([...found]);
    }
    setRunning(undefined);
    setWhen(new Date());
  };
  const busy = running !== undefined;

  return (
    <section class="tool controls check-computer" aria-label={words.title}>
      <p>
        <button type="button" disabled={!ready} aria-disabled={busy} onClick={() => !busy && void run()}>
          {words.run}
        </button>
      </p>
      <p role="status">{running ?? (when && words.verdicts[verdictOf(rows)])}</p>
      {rows.length > 0 && <Found rows={rows} />}
      {when && <Report text={checkReport(rows, { browser: navigator.userAgent, site: siteRoot().href, when })} />}
    </section>
  );
}
export default CheckComputer;

function Found({ rows }: { rows: readonly CheckedRow[] }) {
  return (
    <table aria-label={words.table}>
      <TableHead columns={Object.values(words.columns)} />
      <tbody>
        {rows.map(({ name, finding, detail }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td data-finding={finding}>{words.results[finding]}</td>
            <td>{detail}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Report({ text }: { text: string }) {
  const shown = useRef<HTMLPreElement>(null);
  const selectByHand = () => {
    shown.current?.closest("details")?.setAttribute("open", "");
    if (shown.current) getSelection()?.selectAllChildren(shown.current);
  };
  return (
    <>
      <CopyButton text={text} onRefused={selectByHand} words={words.copyWords} />
      <p>
        <a href={mailWith(text)}>{words.mail}</a>
      </p>
      <details>
        <summary>{words.report}</summary>
        <pre ref={shown}>{text}</pre>
      </details>
    </>
  );
}
