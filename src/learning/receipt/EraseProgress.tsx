/** Erases what is kept of a reader's work, after a question; saves a copy of it, and brings one back. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { AskFirst } from "../../lab/view/ui/AskFirst.tsx";
import { downloadFile } from "../../lab/view/ui/download-file.ts";
import { erasingStrings, learningStrings } from "../../strings/strings.ts";
import { noProgress, parseProgress, serialiseProgress } from "../progress/learner-progress.ts";
import { learnerStore } from "../progress/progress-store.ts";
import "./coursework.css";

const words = erasingStrings.progress;
const copyName = "two-servers-progress.json";
/** No copy is as large as a browser lets a site keep. */
const mostBytes = 10_000_000;

/** The button, and where nothing is kept a field for a copy. */
export function EraseProgress() {
  const scripted = useSignal(false);
  const said = useSignal("");
  const saved = useSignal("");
  useEffect(() => {
    scripted.value = true;
  }, [scripted]);
  if (!scripted.value) return null;
  const store = learnerStore();
  const isEmpty = serialiseProgress(store.memory.value) === serialiseProgress(noProgress);
  const bringBack = async (file: File) => {
    const memory = file.size > mostBytes ? undefined : parseProgress(await file.text().catch(() => ""));
    if (memory !== undefined) store.update(() => memory);
    said.value = memory === undefined ? words.noCopy : words.broughtBack;
  };
  return (
    <div class="progress-erase controls">
      <AskFirst
        label={learningStrings.progress.erase}
        sure={words.sure}
        lost={words.lost}
        onYes={() => {
          store.erase();
          saved.value = "";
          said.value = learningStrings.progress.erased;
        }}
      >
        <p>
          <button
            type="button"
            onClick={() => {
              downloadFile(copyName, "application/json", `${serialiseProgress(store.memory.value)}\n`);
              saved.value = words.saved(copyName);
            }}
          >
            {words.save}
          </button>{" "}
          <span role="status">{saved.value}</span>
        </p>
      </AskFirst>
      <p role="status">{said.value}</p>
      {isEmpty && (
        <p>
          <label>
            {words.bringBack}{" "}
            <input
              type="file"
              accept=".json,application/json"
              aria-describedby="progress-copy"
              onChange={({ currentTarget }) => {
                const [file] = currentTarget.files ?? [];
                if (file) void bringBack(file);
                // The same file can be chosen again.
                currentTarget.value = "";
              }}
            />
          </label>{" "}
          <span id="progress-copy" class="receipt-hint">
            {words.bringBackHint}
          </span>
        </p>
      )}
    </div>
  );
}
export default EraseProgress;
