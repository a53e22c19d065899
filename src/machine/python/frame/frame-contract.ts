/** What the page and the sealed frame of the Python machine may say to each other. */
import { call } from "../../../gate/gate.ts";
import { blob, buffer, either, mapOf, nothing, oneOf, port, record, text, tuple, whole } from "../../../gate/shape.ts";
import { frameParts, laterParts, machineParts, preparedCode } from "../page/image.ts";

/** Most bytes of a part of the image, and of a template. */
const mostBytes = 512 * 1024 * 1024;

const machinePart = oneOf(...machineParts, preparedCode);
const partName = oneOf(...frameParts, ...machineParts, preparedCode);
const delivered = either(
  record({ compressed: blob(mostBytes), size: whole(0, mostBytes) }),
  record({ unpacked: blob(mostBytes) }),
);

/** What the page calls. */
export const frameCalls = {
  /** Takes a part of the machine, and begins with what can be done with it alone. */
  take: call(tuple(machinePart, delivered), nothing),
  /** Takes the template that was kept from an earlier visit, and begins to read it. */
  takeTemplate: call(tuple(blob(mostBytes)), nothing),
  /**
   * Boots with what it has taken: all parts, the byte code only where there is no template. The port is the page's line
   * to the kernel. Answers with the parts that were unpacked here.
   */
  boot: call(tuple(port), mapOf(partName, blob(mostBytes))),
};

/** What the frame tells the page. */
export const frameNews = {
  /** A part is needed that comes only now: a program was started that it holds. */
  bring: call(tuple(oneOf(...laterParts)), record({ unpacked: blob(mostBytes) })),
  /** A package of the archive is being installed: its wheel, by the wheel's name. */
  bringWheel: call(tuple(text(200)), record({ unpacked: blob(mostBytes) })),
  /** Another step of the boot begins. */
  step: call(tuple(text(200)), nothing),
  /** A copy of a template that was made here, in a worker in which no program has run: worth keeping. */
  newTemplate: call(tuple(buffer(mostBytes)), nothing),
  /** The kernel has ended by itself. */
  crash: call(tuple(text(10_000)), nothing),
};
