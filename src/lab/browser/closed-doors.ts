/**
 * Closes what a page's policy does not reach: WebRTC, which no directive names, and frames within the page, each of
 * which would bring it again. Runs before any script of the page.
 *
 * A frame comes about in two ways: a script makes the element, or text is parsed that has its tag in it. Text is parsed
 * in a dozen places, and browsers with Trusted Types ask one policy about all of them (W3C Trusted Types, "default
 * policy"). In others those places are wrapped.
 */
import { framingElements, harmlessElement } from "./framing-elements.ts";

const framingTag = /(<\/?)((?:[\w-]+:)?(?:iframe|frame|fencedframe|portal))(?=[\s/>]|$)/gi;
/** The end of a text that could go on as such a tag. */
const unfinishedTag = /<[\w:/-]{0,20}$/;

/** Closes the doors. `missed` hears of frames that a script has asked for. */
export function closeDoors(missed: (what: string) => void): void {
  removeRealTimeConnections();
  const withoutFrames = (html: string) =>
    html.replace(framingTag, (_whole, opening: string) => {
      missed("iframe");
      return `${opening}${harmlessElement}`;
    });
  wrapCreation(missed);
  wrapDocumentWriting(withoutFrames);
  if (!guardByTrustedTypes(withoutFrames)) wrapParsing(withoutFrames);
  cleanParsedDocuments();
  leaveKeyboard();
  removeLateFrames();
}

function removeRealTimeConnections(): void {
  for (const name of Object.getOwnPropertyNames(globalThis)) {
    if (/RTC/.test(name)) Reflect.deleteProperty(globalThis, name);
  }
}

function wrapCreation(missed: (what: string) => void): void {
  const { createElement, createElementNS } = Document.prototype;
  const known = (name: unknown) => {
    const local = String(name).toLowerCase().split(":").at(-1) ?? "";
    if (!framingElements.has(local)) return false;
    missed(local);
    return true;
  };
  Document.prototype.createElement = function create(name: string, options?: ElementCreationOptions) {
    return createElement.call(this, known(name) ? harmlessElement : name, options);
  };
  Object.defineProperty(Document.prototype, "createElementNS", {
    value: function create(this: Document, namespace: string | null, name: string, options?: ElementCreationOptions) {
      return createElementNS.call(this, namespace, known(name) ? harmlessElement : name, options);
    },
    writable: true,
    configurable: true,
  });
  // It makes elements from a style sheet's text, past all of this; browsers are about to drop it.
  Reflect.deleteProperty(globalThis, "XSLTProcessor");
}

/** A tag can be written in two pieces: an unfinished one waits for the next. */
function wrapDocumentWriting(withoutFrames: (html: string) => string): void {
  for (const name of ["write", "writeln"] as const) {
    const original = Document.prototype[name];
    let unfinished = "";
    Document.prototype[name] = function write(this: Document, ...texts: string[]) {
      const whole = withoutFrames(unfinished + texts.map(String).join(""));
      unfinished = unfinishedTag.exec(whole)?.[0] ?? "";
      original.call(this, unfinished === "" ? whole : whole.slice(0, -unfinished.length));
    };
  }
}

interface PolicyFactory {
  createPolicy(name: string, rules: Readonly<Record<string, (text: string) => string>>): unknown;
}

function isPolicyFactory(value: unknown): value is PolicyFactory {
  return typeof value === "object" && value !== null && typeof Reflect.get(value, "createPolicy") === "function";
}

/** False where the browser has none. A page of the reader's need not know of it: it sees a browser without. */
function guardByTrustedTypes(withoutFrames: (html: string) => string): boolean {
  const factory: unknown = Reflect.get(globalThis, "trustedTypes");
  if (!isPolicyFactory(factory)) return false;
  const asItIs = (text: string) => text;
  factory.createPolicy("default", { createHTML: withoutFrames, createScript: asItIs, createScriptURL: asItIs });
  for (const name of ["trustedTypes", "TrustedTypePolicyFactory"]) Reflect.deleteProperty(globalThis, name);
  return true;
}

/** The places where scripts have text parsed. */
function wrapParsing(withoutFrames: (html: string) => string): void {
  for (const [prototype, name] of [
    [Element.prototype, "innerHTML"],
    [Element.prototype, "outerHTML"],
    [ShadowRoot.prototype, "innerHTML"],
    [HTMLIFrameElement.prototype, "srcdoc"],
  ] as const) {
    const property = Object.getOwnPropertyDescriptor(prototype, name);
    const original = property?.set;
    if (property === undefined || original === undefined) continue;
    Object.defineProperty(prototype, name, {
      ...property,
      set(this: unknown, html: unknown) {
        original.call(this, html === null ? "" : withoutFrames(String(html)));
      },
    });
  }
  for (const [prototype, name, place] of [
    [Element.prototype, "insertAdjacentHTML", 1],
    [Element.prototype, "setHTMLUnsafe", 0],
    [ShadowRoot.prototype, "setHTMLUnsafe", 0],
    [Range.prototype, "createContextualFragment", 0],
    [DOMParser.prototype, "parseFromString", 0],
    [Document.prototype, "execCommand", 2],
  ] as const) {
    const original: unknown = Reflect.get(prototype, name);
    if (typeof original !== "function") continue;
    Object.defineProperty(prototype, name, {
      value: function wrapped(this: unknown, ...args: unknown[]) {
        const safe = args.map((each, at) => (at === place ? withoutFrames(String(each)) : each));
        return Reflect.apply(original, this, safe);
      },
      writable: true,
      configurable: true,
    });
  }
}

/** A document in XML can spell a tag in entities of its own. */
function cleanParsedDocuments(): void {
  const { parseFromString } = DOMParser.prototype;
  DOMParser.prototype.parseFromString = function parse(text: string, type: DOMParserSupportedType) {
    const parsed = parseFromString.call(this, text, type);
    for (const element of parsed.querySelectorAll("*")) {
      if (framingElements.has(element.localName.toLowerCase())) element.remove();
    }
    return parsed;
  };
}

/**
 * Before the reader has clicked in the page, no script of it takes the keyboard: what is typed elsewhere would arrive
 * here (the lab gives it back, and loses a key or two by then).
 */
function leaveKeyboard(): void {
  const wrap = (holder: object, name: string) => {
    const original: unknown = Reflect.get(holder, name);
    if (typeof original !== "function") return;
    Object.defineProperty(holder, name, {
      value: function guarded(this: unknown, ...args: unknown[]) {
        return navigator.userActivation.hasBeenActive ? Reflect.apply(original, this, args) : undefined;
      },
      writable: true,
      configurable: true,
    });
  };
  wrap(globalThis, "focus");
  for (const { prototype } of [HTMLElement, SVGElement, MathMLElement]) wrap(prototype, "focus");
  for (const { prototype } of [HTMLInputElement, HTMLTextAreaElement]) wrap(prototype, "select");
  for (const name of ["show", "showModal"]) wrap(HTMLDialogElement.prototype, name);
  // A selection within a text that can be edited takes the keyboard there.
  for (const name of [
    "addRange",
    "collapse",
    "extend",
    "modify",
    "selectAllChildren",
    "setBaseAndExtent",
    "setPosition",
  ]) {
    wrap(Selection.prototype, name);
  }
}

/** A second wall: a frame that came about all the same goes before anything can be awaited in it. */
function removeLateFrames(): void {
  const selector = [...framingElements].join();
  const remove = (node: Node) => {
    if (!(node instanceof Element)) return;
    for (const element of [node, ...node.querySelectorAll(selector)]) {
      if (framingElements.has(element.localName)) element.remove();
    }
  };
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) for (const node of addedNodes) remove(node);
  }).observe(document, { childList: true, subtree: true });
}
