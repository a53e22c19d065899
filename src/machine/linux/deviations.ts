import type { Deviation } from "../deviation.ts";

/** Where the Linux machine differs from a computer with the same Debian. */
export const linuxDeviations: readonly Deviation[] = [
  {
    what: "The computer",
    here: "A PC with one processor and 256 MB of memory, which v86 emulates in WebAssembly.",
    noticed:
      "Everything is many times slower, and Python takes seconds to start. Workers that calculate share one processor; workers that wait do not hold each other up.",
    heldBy: "e2e/linux/linux-guest.spec.ts",
  },
  {
    what: "Turns on the processor",
    here: "A process keeps the processor for 40 ms before the next one gets it; on an ordinary computer it is some 3 ms, in which this one gets nothing done.",
    noticed: "What a busy process takes, others wait for a little longer.",
    heldBy: "e2e/linux/linux-guest.spec.ts",
  },
  {
    what: "What already runs",
    here: "The machine opens as a snapshot in which both sides' commands run. Other commands or edited files are started for real.",
    noticed: "The terminal says so, and shows what the servers had printed by then. Processes are older than the page.",
    heldBy: "e2e/linux/linux-contract.spec.ts",
  },
  {
    what: "Two computers",
    here: "Each side is a container, or the Debian itself: files, processes and ports of its own, under one kernel.",
    noticed: "What one side calculates, the other waits for. systemd runs on the Debian itself only.",
    heldBy: "e2e/linux/linux-contract.spec.ts",
  },
  {
    what: "Requests from the page",
    here: "They reach 127.0.0.1 of the side over real TCP, from the address 10.0.N.1.",
    noticed:
      "Access logs show that address. Segments that the guest does not take are sent again after 1 s, then 2 s and 4 s, as Linux did before version 6.5. There is no other network.",
    heldBy: "e2e/linux/linux-contract.spec.ts",
  },
  {
    what: "Who accepts a connection, and closes it",
    here: "A small library, loaded before every program, notes it for the lab and changes nothing.",
    noticed: "/etc/ld.so.preload names it.",
    heldBy: "e2e/linux/linux-guest.spec.ts",
  },
  {
    what: "Debian's packages",
    here: "As published, without manuals, translations and some tools; the kernel is Debian's source with few drivers.",
    noticed: "apt, perl and man are missing. vi is BusyBox's.",
    heldBy: "e2e/linux/linux-guest.spec.ts",
  },
];
