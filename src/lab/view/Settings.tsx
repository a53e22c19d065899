import { useEffect, useRef, useState } from "preact/hooks";
import type { SettingName, SideName } from "../../lab-definition/schema.ts";
import type { Milliseconds } from "../../machine/machine.ts";
import { labStrings } from "../../strings/strings.ts";
import {
  type CommandSetting,
  type NumberSetting,
  settingsOf,
  takenFor,
  withSetting,
} from "../command/command-settings.ts";
import type { LabSession } from "../session/lab-session.ts";

const words = labStrings.settings;
/** The server restarts when nothing was set for this long: who turns a number up passes several. */
const restartAfter: Milliseconds = 500;

interface SettingsProps {
  readonly session: LabSession;
  readonly name: SideName;
}

/** Settings of a side's server: what is set is written into the command line, and restarts what runs. */
export function Settings({ session, name }: SettingsProps) {
  const side = session.sides[name];
  const restart = useRestart(session, name);
  const { settings: offered = [] } = session.definition;
  const settings = settingsOf(side.line.text.value).filter((setting) => offered.includes(setting.name));
  if (settings.length === 0) return null;
  const set = (setting: SettingName, value: number | boolean) => {
    const line = withSetting(side.line.text.value, setting, value);
    if (line === side.line.text.value) return;
    side.line.edit(line);
    restart();
  };
  return (
    <fieldset class="lab-settings" aria-label={words.label(side.definition.title)} title={words.hint}>
      {settings.map((setting) => (
        <Setting key={setting.name} setting={setting} onSet={(value) => set(setting.name, value)} />
      ))}
    </fieldset>
  );
}

function Setting({ setting, onSet }: { setting: CommandSetting; onSet: (value: number | boolean) => void }) {
  if (setting.kind === "number") return <NumberField setting={setting} onSet={onSet} />;
  return (
    <label class="lab-setting" title={words.option(setting.option)}>
      <input type="checkbox" checked={setting.value} onChange={({ currentTarget }) => onSet(currentTarget.checked)} />
      {words.threaded}
    </label>
  );
}

function NumberField({ setting, onSet }: { setting: NumberSetting; onSet: (value: number) => void }) {
  const { name, option, value, usual, least, most } = setting;
  const shown = value ?? usual;
  /** What was typed and could not be taken as it was. */
  const [refused, setRefused] = useState<string>();
  return (
    <label class="lab-setting" title={words.option(option)}>
      {words.names[name]}
      <input
        type="number"
        inputMode="numeric"
        min={least}
        max={most}
        value={shown}
        onChange={({ currentTarget }) => {
          const { value: typed } = currentTarget;
          const next = takenFor(setting, typed);
          setRefused(Number(typed) === next ? undefined : words.taken(words.names[name], least, most, typed, next));
          currentTarget.value = String(next);
          if (next !== shown) onSet(next);
        }}
      />
      {name === "timeout" && words.unit}
      <span role="status" class="lab-setting-refused">
        {refused}
      </span>
    </label>
  );
}

/** Restarts a server that runs, once the reader pauses. */
function useRestart(session: LabSession, name: SideName): () => void {
  const timer = useRef<ReturnType<typeof setTimeout>>();
  useEffect(() => () => clearTimeout(timer.current), []);
  return () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      if (session.sides[name].line.changed.value) void session.restart(name);
    }, restartAfter);
  };
}
