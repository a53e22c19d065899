/**
 * The script of a SCORM package's page. It finds the course system's API, hears from the framed assignment how far the
 * student is, and reports it. Without an API the assignment works, and the page says that nothing is reported.
 * (ADL, "SCORM 1.2 Run-Time Environment" and "SCORM 2004 4th Edition Run-Time Environment")
 */
(() => {
  const frame = /** @type {HTMLIFrameElement} */ (document.getElementById("course"));
  const said = /** @type {HTMLElement} */ (document.getElementById("said"));
  const origin = new URL(frame.src).origin;
  const began = Date.now();
  /** Course systems may put their API into the page late: after that many milliseconds, it is said that there is none. */
  const patience = 20_000;

  const words = {
    none: "This course system offers no SCORM interface here: you can work, but nothing is reported. Save a receipt instead.",
    failed: "The course system did not take the report. Save a receipt, and tell your teacher.",
  };
  /** The two generations of the interface, by what differs. */
  const kinds = [
    {
      name: "API_1484_11",
      call: { begin: "Initialize", get: "GetValue", set: "SetValue", keep: "Commit", end: "Terminate" },
      mode: "cmi.mode",
      state: "cmi.completion_status",
      raw: "cmi.score.raw",
      exit: "cmi.exit",
      score: (/** @type {number} */ share) => [
        ["cmi.score.min", "0"],
        ["cmi.score.max", "100"],
        ["cmi.score.raw", String(Math.round(100 * share))],
        ["cmi.score.scaled", String(share)],
      ],
      status: (/** @type {boolean} */ done) => [
        ["cmi.completion_status", done ? "completed" : "incomplete"],
        ...(done ? [["cmi.success_status", "passed"]] : []),
      ],
      time: (/** @type {number} */ seconds) => ["cmi.session_time", `PT${seconds}S`],
    },
    {
      name: "API",
      call: { begin: "LMSInitialize", get: "LMSGetValue", set: "LMSSetValue", keep: "LMSCommit", end: "LMSFinish" },
      mode: "cmi.core.lesson_mode",
      state: "cmi.core.lesson_status",
      raw: "cmi.core.score.raw",
      exit: "cmi.core.exit",
      score: (/** @type {number} */ share) => [
        ["cmi.core.score.min", "0"],
        ["cmi.core.score.max", "100"],
        ["cmi.core.score.raw", String(Math.round(100 * share))],
      ],
      status: (/** @type {boolean} */ done) => [["cmi.core.lesson_status", done ? "completed" : "incomplete"]],
      time: (/** @type {number} */ seconds) => ["cmi.core.session_time", clock(seconds)],
    },
  ];

  /** Hours, minutes and seconds: 0001:02:03. */
  function clock(/** @type {number} */ seconds) {
    const two = (/** @type {number} */ figure) => String(figure).padStart(2, "0");
    return `${String(Math.floor(seconds / 3600)).padStart(4, "0")}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  }

  /** Looks through the windows around this one, then through those around the one that opened it. */
  function find() {
    for (const start of [window, window.opener]) {
      let place = start;
      for (let steps = 0; place && steps < 20; steps++) {
        for (const kind of kinds) {
          try {
            if (place[kind.name]) return { kind, api: place[kind.name] };
          } catch {
            // A window of another origin.
          }
        }
        place = place.parent === place ? undefined : place.parent;
      }
    }
    return undefined;
  }

  /** @type {{ kind: (typeof kinds)[number], api: any } | undefined} */
  let found;
  /** Nothing may be written where the teacher only looks, or the student looks back. */
  let mayWrite = false;
  /** What was reported in earlier sessions. It stands: a student who changes computers begins anew, with the best kept. */
  let before = { done: false, share: 0 };
  let ended = false;
  /** @type {{ done: number, all: number, share: number } | undefined} */
  let last;

  function write(/** @type {string[][]} */ values) {
    if (!found || !mayWrite || ended) return;
    const { api, kind } = found;
    try {
      const taken = values.map(([name, value]) => String(api[kind.call.set](name, value)) !== "false");
      const kept = String(api[kind.call.keep]("")) !== "false";
      said.textContent = taken.includes(false) || !kept ? words.failed : "";
    } catch {
      said.textContent = words.failed;
    }
  }

  function report() {
    if (!found || !last) return;
    const { kind } = found;
    const status = before.done ? [] : kind.status(last.all > 0 && last.done === last.all);
    write([...kind.score(Math.max(last.share, before.share)), ...status]);
  }

  function begin() {
    found = find();
    if (!found) {
      const patient = Date.now() - began < patience;
      if (!patient) said.textContent = words.none;
      setTimeout(begin, patient ? 250 : 5000);
      return;
    }
    said.textContent = "";
    const { api, kind } = found;
    try {
      api[kind.call.begin]("");
      const get = (/** @type {string} */ name) => String(api[kind.call.get](name));
      mayWrite = !["browse", "review"].includes(get(kind.mode));
      const raw = Number(get(kind.raw));
      before = {
        done: ["completed", "passed"].includes(get(kind.state)),
        share: raw > 0 && raw <= 100 ? raw / 100 : 0,
      };
      report();
    } catch {
      said.textContent = words.failed;
    }
  }

  addEventListener("message", ({ source, origin: from, data }) => {
    if (source !== frame.contentWindow || from !== origin) return;
    if (typeof data !== "object" || data === null || data.type !== "two-servers:progress") return;
    const { done, all, share } = data;
    if (![done, all, share].every((figure) => typeof figure === "number" && figure >= 0) || share > 1) return;
    last = { done, all, share };
    report();
  });
  addEventListener("pagehide", () => {
    if (!found || ended) return;
    // Suspended, or the next session would know nothing of this one.
    write([found.kind.time(Math.round((Date.now() - began) / 1000)), [found.kind.exit, "suspend"]]);
    ended = true;
    try {
      found.api[found.kind.call.end]("");
    } catch {
      // The course system has gone first: nobody is left to tell.
    }
  });
  begin();
})();
