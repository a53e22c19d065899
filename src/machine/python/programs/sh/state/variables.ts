import { ExpansionError } from "../expansion/expansion-budget.ts";

/** A shell's variable. */
export interface Variable {
  /** Undefined if it was declared only. */
  value: string | undefined;
  exported: boolean;
  readOnly: boolean;
  /** What is assigned is an expression (`declare -i`). */
  integer: boolean;
  /** Of an array, by its keys. */
  elements: Map<string, string> | undefined;
  /** The keys are texts (`declare -A`). */
  associative: boolean;
  /** What is assigned is written so (`declare -l`, `declare -u`). */
  letters: "lower" | "upper" | undefined;
  /** The name of the variable that this one stands for (`declare -n`). */
  reference: string | undefined;
}

/** References to references; more are one that leads to itself. */
const mostReferences = 8;

/** A variable as it goes to another shell. */
export type PlainVariable = readonly [
  name: string,
  variable: Omit<Variable, "elements"> & { readonly elements: readonly (readonly [string, string])[] | undefined },
];

/** A shell's variables. */
export class Variables {
  readonly #variables = new Map<string, Variable>();
  /** What calls of functions have set aside, the innermost last. */
  readonly #scopes: Map<string, Variable | undefined>[] = [];

  get(name: string): string | undefined {
    const variable = this.find(name);
    return variable?.elements === undefined ? variable?.value : variable.elements.get("0");
  }

  find(name: string): Variable | undefined {
    return this.#variables.get(this.target(name));
  }

  /** The variable of this name itself, even if it stands for another. */
  itself(name: string): Variable | undefined {
    return this.#variables.get(name);
  }

  /** The name of the variable that this one stands for: its own, unless it is a reference. */
  target(name: string): string {
    let target = name;
    for (let count = 0; count < mostReferences; count += 1) {
      const next = this.#variables.get(target)?.reference;
      if (next === undefined) break;
      target = next;
    }
    return target;
  }

  elements(name: string): ReadonlyMap<string, string> | undefined {
    return this.find(name)?.elements;
  }

  names(): string[] {
    return [...this.#variables.keys()];
  }

  /** All that have a value or are declared, by name. */
  all(): readonly (readonly [string, Variable])[] {
    return [...this.#variables].sort(([a], [b]) => (a < b ? -1 : 1));
  }

  /** The variable of this name, which is made if it is not there. */
  declare(name: string): Variable {
    const target = this.target(name);
    const there = this.#variables.get(target);
    if (there !== undefined) return there;
    const made = plain(undefined);
    this.#variables.set(target, made);
    return made;
  }

  /** Makes this name stand for another variable. */
  refer(name: string, target: string): void {
    this.#variables.set(name, { ...plain(undefined), reference: target });
  }

  /** Throws `ExpansionError` if it is read only. */
  set(name: string, value: string): Variable {
    const variable = this.#writable(name);
    const text = lettered(value, variable);
    if (variable.elements === undefined) variable.value = text;
    else variable.elements.set("0", text);
    return variable;
  }

  /** Throws `ExpansionError` if it is read only. */
  setElement(name: string, key: string, value: string): void {
    const variable = this.#writable(name);
    variable.elements ??= new Map(variable.value === undefined ? [] : [["0", variable.value]]);
    const isNew = !variable.elements.has(key);
    variable.elements.set(key, lettered(value, variable));
    if (!isNew || variable.associative) return;
    const last = [...variable.elements.keys()].at(-2);
    if (last !== undefined && Number(last) > Number(key)) {
      variable.elements = new Map([...variable.elements].sort(([a], [b]) => Number(a) - Number(b)));
    }
  }

  /** Puts an array in the place of what was there. Throws `ExpansionError` if it is read only. */
  setArray(name: string): Variable {
    const variable = this.#writable(name);
    variable.elements = new Map();
    variable.value = undefined;
    return variable;
  }

  /** Throws `ExpansionError` if it is read only. */
  unset(name: string): void {
    if (this.find(name)?.readOnly) throw readOnly(name);
    this.#variables.delete(this.target(name));
  }

  /** Ends what `refer` has begun. */
  unsetReference(name: string): void {
    if (this.#variables.get(name)?.reference !== undefined) this.#variables.delete(name);
  }

  unsetElement(name: string, key: string): void {
    this.find(name)?.elements?.delete(key);
  }

  #writable(name: string): Variable {
    const variable = this.declare(name);
    if (variable.readOnly) throw readOnly(name);
    return variable;
  }

  get environment(): Record<string, string> {
    const environment: Record<string, string> = {};
    for (const [name, { exported, value }] of this.#variables) {
      if (exported && value !== undefined) environment[name] = value;
    }
    return environment;
  }

  // Calls of functions.

  get inFunction(): boolean {
    return this.#scopes.length > 0;
  }

  enter(): void {
    this.#scopes.push(new Map());
  }

  leave(): void {
    this.restore(this.#scopes.pop() ?? new Map());
  }

  /** What a call changes of this variable ends with the call. False outside of functions. */
  makeLocal(name: string): boolean {
    const scope = this.#scopes.at(-1);
    if (scope === undefined) return false;
    const before = this.#variables.get(name);
    if (!scope.has(name)) {
      scope.set(name, before);
      if (before !== undefined) this.#variables.set(name, copied(before));
    }
    return true;
  }

  /** What these are now, to be restored. */
  keep(names: readonly string[]): Map<string, Variable | undefined> {
    return new Map(
      names.map((name) => {
        const variable = this.#variables.get(name);
        return [name, variable && copied(variable)];
      }),
    );
  }

  restore(variables: ReadonlyMap<string, Variable | undefined>): void {
    for (const [name, variable] of variables) {
      if (variable === undefined) this.#variables.delete(name);
      else this.#variables.set(name, variable);
    }
  }

  // Copies.

  copy(): Variables {
    const copy = new Variables();
    for (const [name, variable] of this.#variables) copy.#variables.set(name, copied(variable));
    for (const scope of this.#scopes) copy.#scopes.push(new Map(scope));
    return copy;
  }

  toPlain(): PlainVariable[] {
    return Array.from(this.#variables, ([name, variable]) => [
      name,
      { ...variable, elements: variable.elements && [...variable.elements] },
    ]);
  }

  static fromPlain(variables: readonly PlainVariable[]): Variables {
    const made = new Variables();
    for (const [name, variable] of variables) {
      made.#variables.set(name, { ...variable, elements: variable.elements && new Map(variable.elements) });
    }
    return made;
  }
}

function plain(value: string | undefined): Variable {
  return {
    value,
    exported: false,
    readOnly: false,
    integer: false,
    elements: undefined,
    associative: false,
    letters: undefined,
    reference: undefined,
  };
}

function lettered(value: string, { letters }: Variable): string {
  if (letters === undefined) return value;
  return letters === "lower" ? value.toLowerCase() : value.toUpperCase();
}

function copied(variable: Variable): Variable {
  return { ...variable, elements: variable.elements && new Map(variable.elements) };
}

function readOnly(name: string): ExpansionError {
  return new ExpansionError(`${name}: is read only`);
}

/** The letters with which `declare` makes such a variable. */
export function marksOf(variable: Variable): string {
  const { elements, associative, letters: written } = variable;
  const kind = elements === undefined ? "" : associative ? "A" : "a";
  const last = written === undefined ? "" : written === "lower" ? "l" : "u";
  return `${kind}${variable.integer ? "i" : ""}${variable.readOnly ? "r" : ""}${variable.exported ? "x" : ""}${last}`;
}
