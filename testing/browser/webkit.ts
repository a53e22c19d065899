/**
 * WebKit as Debian has it (WebKitGTK), driven through its own WebDriver on a screen that nobody sees. Playwright's
 * WebKit is a build of its own, which only its makers' host has.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { Builder, type WebDriver } from "selenium-webdriver";

/** How long the driver may take until it listens, in milliseconds. */
const listensWithin = 20_000;
/** How often it is asked. */
const askEvery = 50;
/** Wide enough for both sides of a lab. */
const screen = { width: 1280, height: 1600, depth: 24 };

/** What drives WebKit, and the screen that it is drawn on: paths of programs. */
export interface WebKitPrograms {
  readonly driver: string;
  readonly screen: string;
}

/** A browser that runs. */
export interface RunningWebKit {
  readonly driver: WebDriver;
  /** Ends the browser, its driver and the screen. */
  end(): Promise<void>;
}

/** Starts a browser that has kept nothing. Rejects if one of the programs ends, or says nothing for a while. */
export async function startWebKit(programs: WebKitPrograms): Promise<RunningWebKit> {
  const { width, height, depth } = screen;
  const size = `${width}x${height}x${depth}`;
  // It looks for a number that is free, and writes it down.
  const x = spawn(programs.screen, ["-displayfd", "1", "-screen", "0", size, "-nolisten", "tcp"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const port = await freePort();
  let bridge: ChildProcess | undefined;
  const endAll = () => {
    process.off("exit", endAll);
    bridge?.kill();
    x.kill();
  };
  // Nothing stays behind when the tests are ended.
  process.once("exit", endAll);
  try {
    const display = `:${await firstLine(x, x.stdout)}`;
    bridge = spawn(programs.driver, [`--port=${port}`], {
      stdio: "ignore",
      // Readers speak a language; a computer for tests may speak "C", which is none.
      env: { ...process.env, DISPLAY: display, GDK_BACKEND: "x11", LANGUAGE: "en", LANG: "en_US.UTF-8" },
    });
    const address = `http://127.0.0.1:${port}`;
    await listening(bridge, address);
    const driver = await new Builder().usingServer(address).withCapabilities({ browserName: "MiniBrowser" }).build();
    await driver.manage().window().setRect({ x: 0, y: 0, width, height });
    const end = async () => {
      await driver.quit();
      endAll();
    };
    return { driver, end };
  } catch (error) {
    endAll();
    throw error;
  }
}

/** A port that nobody listens on. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  if (address === null || typeof address === "string") throw new Error("The system gave no port.");
  return address.port;
}

async function firstLine(program: ChildProcess, output: Readable): Promise<string> {
  const lines = createInterface(output);
  const ended = once(program, "exit").then(([code]) => {
    throw new Error(`The screen for WebKit ended with ${code}.`);
  });
  const [line] = await Promise.race([once(lines, "line"), ended]);
  return String(line);
}

/** Waits until the driver answers. */
async function listening(program: ChildProcess, address: string): Promise<void> {
  const until = Date.now() + listensWithin;
  for (;;) {
    if (program.exitCode !== null) throw new Error(`WebKit's driver ended with ${program.exitCode}.`);
    try {
      await fetch(`${address}/status`);
      return;
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, askEvery));
    }
  }
}
