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
}

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
    const variable = this.#variables.get(name);
    return variable?.elements === undefined ? variable?.value : variable.elements.get("0");
  }

  find(name: string): Variable | undefined {
    return this.#variables.get(name);
  }

  elements(name: string): ReadonlyMap<string, string> | undefined {
    return this.#variables.get(name)?.elements;
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
    const there = this.#variables.get(name);
    if (there !== undefined) return there;
    const made = plain(undefined);
    this.#variables.set(name, made);
    return made;
  }

  /** Throws `ExpansionError` if it is read only. */
  set(name: string, value: string): Variable {
    const variable = this.#writable(name);
    if (variable.elements === undefined) variable.value = value;
    else variable.elements.set("0", value);
    return variable;
  }

  /** Throws `ExpansionError` if it is read only. */
  setElement(name: string, key: string, value: string): void {
    const variable = this.#writable(name);
    variable.elements ??= new Map(variable.value === undefined ? [] : [["0", variable.value]]);
    const isNew = !variable.elements.has(key);
    variable.elements.set(key, value);
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
    if (this.#variables.get(name)?.readOnly) throw readOnly(name);
    this.#variables.delete(name);
  }

  unsetElement(name: string, key: string): void {
    this.#variables.get(name)?.elements?.delete(key);
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
  return { value, exported: false, readOnly: false, integer: false, elements: undefined, associative: false };
}

function copied(variable: Variable): Variable {
  return { ...variable, elements: variable.elements && new Map(variable.elements) };
}

function readOnly(name: string): ExpansionError {
  return new ExpansionError(`${name}: is read only`);
}
