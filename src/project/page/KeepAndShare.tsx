/** Keeps a project on the device, and gives it away: as a link, or as a file. */
import { useSignal } from "@preact/signals";
import { Button } from "../../lab/view/ui/Button.tsx";
import { copyText } from "../../lab/view/ui/copy-text.ts";
import { downloadFile } from "../../lab/view/ui/download-file.ts";
import { siteRoot } from "../../site-root.ts";
import { projectStrings } from "../../strings/strings.ts";
import { longestProjectLink, type SharedProject, writeProject, writeProjectLink } from "../share/shared-project.ts";
import { forgetProject, keepProject } from "./kept-project.ts";

const words = projectStrings.keep;

/** The buttons, and what came of the last one. */
export function KeepAndShare({ current }: { current: () => SharedProject }) {
  const said = useSignal("");
  const copy = async () => {
    const written = writeProjectLink(current());
    if (written === "has bytes") said.value = words.linkHasBytes;
    else if (written === "too long") said.value = words.linkTooLong(longestProjectLink);
    else {
      const link = `${new URL("your-app/", siteRoot()).href}${written.link}`;
      // Otherwise the reader copies it by hand.
      said.value = (await copyText(link)) ? words.linkCopied : link;
    }
  };
  return (
    <section class="project-panel" aria-label={words.heading}>
      <h2>{words.heading}</h2>
      <div class="project-buttons">
        <Button
          onPress={() => {
            said.value = keepProject(writeProject(current()), siteRoot()) ? words.kept : words.notKept;
          }}
        >
          {words.keep}
        </Button>
        <Button
          onPress={() => {
            forgetProject(siteRoot());
            said.value = words.forgotten;
          }}
        >
          {words.forget}
        </Button>
        <Button onPress={() => void copy()}>{words.link}</Button>
        <Button
          onPress={() => {
            const project = current();
            downloadFile(`${project.name}.lab.json`, "application/json", writeProject(project));
          }}
        >
          {words.file}
        </Button>
      </div>
      <p role="status" class="project-said">
        {said.value}
      </p>
    </section>
  );
}
