import type { DescriptorOwner, OpenFileDescription } from "../process/open-file-description.ts";

/** Nobody: what is on its way between processes belongs to none. */
const nobody: DescriptorOwner = {
  pid: 0,
  group: 0,
  unclaimed: new Map(),
  acceptsFrom: [],
  broken() {},
  moved() {},
  resized() {},
  abandoned() {},
  takeRights: () => [],
  pipeSignal() {},
};

let lastNumber = 0;

/** A descriptor on its way through a Unix socket (SCM_RIGHTS of unix(7)): what it stands for stays open meanwhile. */
export class RightInFlight {
  readonly number: number;

  constructor(readonly description: OpenFileDescription) {
    lastNumber += 1;
    this.number = lastNumber;
    description.attach(nobody, -this.number);
  }

  /** It has come, or never will. */
  release(): void {
    this.description.detach(nobody, -this.number, false);
  }
}

/** Descriptors that came with the byte at a position. */
export interface RightsAt {
  readonly at: number;
  readonly rights: readonly RightInFlight[];
}
