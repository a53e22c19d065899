/**
 * Shapes of plain data: what a message from the other side of a gate must look like before anybody acts on it.
 *
 * A shape looks at own properties only, never calls what it looks at, and takes no property that it does not name.
 * Structured clones have no getters and no prototypes of ours, so what a shape has seen is what the receiver gets.
 */

/** Whether a value is a `T`, down to its last property. */
export type Shape<T> = (value: unknown) => value is T;

/** Longest text that a shape takes where nothing else is said, in UTF-16 units. */
const defaultTextLength = 100_000;
/** Most entries of a list where nothing else is said. */
const defaultListLength = 10_000;

/** Text of at most `longest` UTF-16 units. */
export function text(longest = defaultTextLength): Shape<string> {
  return (value): value is string => typeof value === "string" && value.length <= longest;
}

/** A whole number from `least` to `most`. */
export function whole(least = Number.MIN_SAFE_INTEGER, most = Number.MAX_SAFE_INTEGER): Shape<number> {
  return (value): value is number => Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most;
}

/** A number that is neither infinite nor NaN. */
export const finite: Shape<number> = (value): value is number => Number.isFinite(value);

/** A number that is not less than `least`, which NaN is; infinity is such a number. */
export function atLeast(least: number): Shape<number> {
  return (value): value is number => typeof value === "number" && value >= least;
}

/** `true` or `false`. */
export const truth: Shape<boolean> = (value): value is boolean => typeof value === "boolean";

/** `undefined`: what a call without a result answers. */
export const nothing: Shape<undefined> = (value): value is undefined => value === undefined;

/** `null`. */
export const nil: Shape<null> = (value): value is null => value === null;

/** Bytes, at most `most` of them, in memory that is not shared. */
export function bytes(most: number): Shape<Uint8Array<ArrayBuffer>> {
  return (value): value is Uint8Array<ArrayBuffer> =>
    value instanceof Uint8Array && value.buffer instanceof ArrayBuffer && value.length <= most;
}

/**
 * Bytes as `bytes`, in a buffer that has at most `spare` more: whoever keeps a slice keeps all of its buffer.
 */
export function ownBytes(most: number, spare: number): Shape<Uint8Array<ArrayBuffer>> {
  const fits = bytes(most);
  return (value): value is Uint8Array<ArrayBuffer> => fits(value) && value.buffer.byteLength - value.length <= spare;
}

/** A buffer of at most `most` bytes. */
export function buffer(most: number): Shape<ArrayBuffer> {
  return (value): value is ArrayBuffer => value instanceof ArrayBuffer && value.byteLength <= most;
}

/** A blob of at most `most` bytes. */
export function blob(most: number): Shape<Blob> {
  return (value): value is Blob => value instanceof Blob && value.size <= most;
}

/** A message port. */
export const port: Shape<MessagePort> = (value): value is MessagePort => value instanceof MessagePort;

/** One of these texts or numbers, and nothing else. */
export function oneOf<const T extends string | number | boolean>(...values: readonly T[]): Shape<T> {
  const known = new Set<unknown>(values);
  return (value): value is T => known.has(value);
}

/** What any of the shapes takes. */
export function either<T extends readonly unknown[]>(...shapes: { [N in keyof T]: Shape<T[N]> }): Shape<T[number]> {
  return (value): value is T[number] => shapes.some((shape) => shape(value));
}

/**
 * A list of at most `longest` entries of one shape, without gaps. A name beside them is not looked for: nobody reads
 * one.
 */
export function list<T>(entry: Shape<T>, longest = defaultListLength): Shape<readonly T[]> {
  return (value): value is readonly T[] => {
    if (!Array.isArray(value) || value.length > longest) return false;
    for (let at = 0; at < value.length; at += 1) if (!entry(value[at])) return false;
    return true;
  };
}

/** A list with an entry for each shape. Entries at its end may be missing where their shapes take `undefined`. */
export function tuple<T extends readonly unknown[]>(...shapes: { [N in keyof T]: Shape<T[N]> }): Shape<T> {
  return (value): value is T =>
    Array.isArray(value) && value.length <= shapes.length && shapes.every((shape, at) => shape(value[at]));
}

/** `undefined`, or what the shape takes. */
export function maybe<T>(shape: Shape<T>): Shape<T | undefined> {
  return (value): value is T | undefined => value === undefined || shape(value);
}

type Properties = Readonly<Record<string, unknown>>;
type Shapes<T> = { readonly [N in keyof T]: Shape<T[N]> };

/** An object with all of the required properties, any of the optional ones, and no other. */
export function record<Required extends Properties, Optional extends Properties = Record<never, never>>(
  required: Shapes<Required>,
  optional?: Shapes<Optional>,
): Shape<Required & Partial<Optional>> {
  const needed = new Map<string, Shape<unknown>>(Object.entries(required));
  const allowed = new Map<string, Shape<unknown>>(Object.entries(optional ?? {}));
  return (value): value is Required & Partial<Optional> => hasProperties(value, needed, allowed);
}

type IsOptional<T, N extends keyof T> = Record<never, never> extends Pick<T, N> ? true : false;

/** A shape for each property of a type. Those of its optional properties take `undefined`, see `maybe`. */
export type ShapesOf<T> = {
  readonly [N in keyof T]-?: IsOptional<T, N> extends true ? Shape<T[N] | undefined> : Shape<T[N]>;
};

/**
 * An object of exactly this type: the compiler asks for a shape of each of its properties, the optional ones too.
 * Properties whose shapes take `undefined` may be missing. Makes no garbage.
 */
export function exact<T extends object>(shapes: ShapesOf<T>): Shape<T> {
  const needed = new Map<string, Shape<unknown>>();
  const allowed = new Map<string, Shape<unknown>>();
  for (const [name, shape] of Object.entries<Shape<unknown>>(shapes))
    (shape(undefined) ? allowed : needed).set(name, shape);
  return (value): value is T => hasProperties(value, needed, allowed);
}

/** Shapes of the types of a union whose property `By` says which it is: for each, shapes of its other properties. */
export type ShapesBy<By extends string, T extends { readonly [N in By]: string }> = {
  readonly [Name in T[By]]: Omit<ShapesOf<Extract<T, { readonly [N in By]: Name }>>, By>;
};

/** One type of a union, as `exact` has them. Makes no garbage. */
export function choice<By extends string, T extends { readonly [N in By]: string }>(
  by: By,
  shapes: ShapesBy<By, T>,
): Shape<T> {
  const known = new Map<unknown, Shape<unknown>>();
  for (const [name, properties] of Object.entries<Shapes<Properties>>(shapes)) {
    known.set(name, exact<Properties>({ ...properties, [by]: oneOf(name) }));
  }
  return (value): value is T => isPlainObject(value) && (known.get(value[by])?.(value) ?? false);
}

/** Looks at each property once, and makes no garbage: messages come by the thousand. */
function hasProperties(
  value: unknown,
  needed: ReadonlyMap<string, Shape<unknown>>,
  allowed: ReadonlyMap<string, Shape<unknown>>,
): boolean {
  if (!isPlainObject(value)) return false;
  let found = 0;
  // What a prototype might bring along is no property that anybody named.
  for (const name in value) {
    const property = value[name];
    const shape = needed.get(name);
    if (shape !== undefined) {
      if (!shape(property)) return false;
      found += 1;
    } else if (!mayBe(allowed.get(name), property)) return false;
  }
  return found === needed.size;
}

function mayBe(shape: Shape<unknown> | undefined, property: unknown): boolean {
  return shape !== undefined && (property === undefined || shape(property));
}

/** An object whose properties all have one shape, at most `most` of them, with names of at most 1 000 UTF-16 units. */
export function dictionary<T>(entry: Shape<T>, most = defaultListLength): Shape<Readonly<Record<string, T>>> {
  return (value): value is Readonly<Record<string, T>> => {
    if (!isPlainObject(value)) return false;
    const properties = Object.entries(value);
    return (
      properties.length <= most &&
      properties.every(([name, property]) => name !== "__proto__" && name.length <= 1000 && entry(property))
    );
  };
}

/**
 * Plain data of any form: objects, lists, texts, numbers and the like, with at most `most` parts in all and at most 20
 * deep, and without anything that lives (ports, files, memory).
 */
export function plainData(most: number): Shape<unknown> {
  return (value): value is unknown => partsLeft(value, most, deepest) >= 0;
}

const deepest = 20;

/**
 * How many of `most` parts are left; negative if there were too many, or one is no plain data. A text's eight
 * characters are a part.
 */
function partsLeft(value: unknown, most: number, depth: number): number {
  if (most <= 0 || depth < 0) return -1;
  if (typeof value === "string") return most - 1 - value.length / 8;
  if (typeof value !== "object" || value === null) return most - 1;
  if (!Array.isArray(value) && !isPlainObject(value)) return -1;
  let left = most - 1;
  for (const part of Object.values(value)) {
    left = partsLeft(part, left, depth - 1);
    if (left < 0) break;
  }
  return left;
}

/** A map from texts to values of one shape. */
export function mapOf<K, V>(key: Shape<K>, entry: Shape<V>, most = defaultListLength): Shape<ReadonlyMap<K, V>> {
  return (value): value is ReadonlyMap<K, V> =>
    value instanceof Map && value.size <= most && [...value].every(([name, each]) => key(name) && entry(each));
}

function isPlainObject(value: unknown): value is Properties {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
