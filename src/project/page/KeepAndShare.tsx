/** Keeps a project on the device, and gives it away: as a link, or as a file. */
import { useSignal } from "@preact/signals";
import { AskFirst } from "../../lab/view/ui/AskFirst.tsx";
import { Button } from "../../lab/view/ui/Button.tsx";
import { copyText } from "../../lab/view/ui/copy-text.ts";
import { downloadFile } from "../../lab/view/ui/download-file.ts";
import { embedSnippet } from "../../site/embed-snippet.ts";
import { siteRoot } from "../../site-root.ts";
import { erasingStrings, projectStrings } from "../../strings/strings.ts";
import { longestProjectLink, type SharedProject, writeProject, writeProjectLink } from "../share/shared-project.ts";
import { forgetProject, keepProject } from "./kept-project.ts";

const words = projectStrings.keep;

/** Of a frame that cannot follow what is in it, in CSS pixels. */
const frameHeight = 900;

interface KeepAndShareProps {
  readonly current: () => SharedProject;
  /** Takes the project from the page. Left out: it came with the page, and stays. */
  readonly onRemove?: () => void;
}

/** The buttons, and what came of the last one. */
export function KeepAndShare({ current, onRemove }: KeepAndShareProps) {
  const said = useSignal("");
  /** Puts a link to one of the site's pages on the clipboard, or HTML with it; where there is none, it is shown. */
  const copy = async (page: string, copied: string, written: (link: string) => string) => {
    const made = writeProjectLink(current());
    if (made === "has bytes") said.value = words.linkHasBytes;
    else if (made === "too long") said.value = words.linkTooLong(longestProjectLink);
    else {
      const text = written(`${new URL(page, siteRoot()).href}${made.link}`);
      // Otherwise the reader copies it by hand.
      said.value = (await copyText(text)) ? copied : text;
    }
  };
  const asHtml = (address: string) =>
    embedSnippet({ address, title: words.frameTitle(current().name), height: frameHeight }, "moodle");
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
        <AskFirst
          look="lab"
          label={words.forget}
          {...erasingStrings.project}
          onYes={() => {
            forgetProject(siteRoot());
            said.value = words.forgotten;
          }}
        />
        <Button onPress={() => void copy("your-app/", words.linkCopied, (link) => link)}>{words.link}</Button>
        <Button onPress={() => void copy("embed/your-app/", words.htmlCopied, asHtml)}>{words.html}</Button>
        <Button
          onPress={() => {
            const project = current();
            downloadFile(`${project.name}.lab.json`, "application/json", writeProject(project));
          }}
        >
          {words.file}
        </Button>
        {onRemove && (
          <AskFirst look="lab" label={words.remove} sure={words.removeSure} lost={words.removeLost} onYes={onRemove} />
        )}
      </div>
      <p role="status" class="project-said">
        {said.value}
      </p>
    </section>
  );
}
