/** A lab as the Node machine runs it. */
import type { LabDefinition, PlanDefinition } from "./schema.ts";

/**
 * The lab with its variant for Node in the place of its own files, commands, titles and plans; the lab as it is where it
 * has none. What a plan asks beforehand is about the lab's own sides: where these have other titles on Node, only the
 * variant's own plans ask.
 */
export function onNode(definition: LabDefinition): LabDefinition {
  // A snapshot and its ports are the Linux machine's.
  const { situation: _, ...others } = definition;
  const { node, sides } = others;
  if (node === undefined) return definition;
  const side = (name: keyof LabDefinition["sides"]) => ({
    title: node.titles?.[name] ?? sides[name].title,
    command: node.commands[name],
  });
  const kept = node.titles === undefined ? definition.plans : definition.plans.map(withoutQuestion);
  return {
    ...others,
    machine: "node",
    files: node.files,
    sides: { development: side("development"), production: side("production") },
    plans: withThese(kept, node.plans),
  };
}

function withoutQuestion({ predict: _, ...plan }: PlanDefinition): PlanDefinition {
  return plan;
}

/** Each in the place of the plan of its name, and those of other names after all. */
function withThese(plans: readonly PlanDefinition[], own: readonly PlanDefinition[]): PlanDefinition[] {
  const named = (name: string) => own.find((plan) => plan.name === name);
  const added = own.filter(({ name }) => plans.every((plan) => plan.name !== name));
  return [...plans.map((plan) => named(plan.name) ?? plan), ...added];
}
