import type { LabDefinition, LabFile } from "../lab-definition/schema.ts";

/** What a lab is given by its page. */
export interface LabProps {
  readonly definition: LabDefinition;
  readonly files: readonly LabFile[];
}

/** A lab running in the page. */
export function Lab({ definition }: LabProps) {
  return <section aria-label={`Lab: ${definition.title}`}>{definition.title}</section>;
}
export default Lab;
