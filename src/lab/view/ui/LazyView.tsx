import type { ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import { labStrings } from "../../../strings/strings.ts";
import { useLazyCode } from "./use-lazy-code.ts";

/** What a view that is loaded when it is first shown needs. */
export interface LazyViewProps<Props> {
  readonly shown: boolean;
  readonly load: () => Promise<ComponentType<Props>>;
  /** Its own properties. */
  readonly of: Props;
}

/** A part of the lab whose code is loaded when the reader opens it. */
export function LazyView<Props extends object>({ shown, load, of }: LazyViewProps<Props>) {
  const { code, failed, load: begin } = useLazyCode(load);

  useEffect(() => {
    if (shown) void begin();
  }, [shown, begin]);

  if (failed.value)
    return <p class="lab-message">{`${labStrings.machine.codeFailed} ${labStrings.machine.codeFailedRemedy}`}</p>;
  const { value: View } = code;
  return View === undefined ? null : <View {...of} />;
}
