import { paneStrings } from "../../strings/strings.ts";

const { keys } = paneStrings;

/** Every key that does something in a lab. */
export function Shortcuts() {
  return (
    <dl>
      {keys.map(([key, does]) => (
        <div class="lab-fact" key={key}>
          <dt>
            <kbd>{key}</kbd>
          </dt>
          <dd>{does}</dd>
        </div>
      ))}
    </dl>
  );
}
