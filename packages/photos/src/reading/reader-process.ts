import { type ChildProcess, fork } from "node:child_process";
import { readFileSync } from "node:fs";
import { extname } from "node:path";
import type { Readable } from "node:stream";
import { DataError, EngineError, OptionError, ShapeError } from "@semblant/core";
import type { ModelCard } from "@semblant/faces";
import type { PhotoReader } from "./readers.ts";
import type { Reading } from "./reading.ts";
import type { ReadingLimits } from "./reading-limits.ts";
import { type Order, type ReaderModule, type ReadingTask, type Report, readingMark } from "./reading-process.ts";
import { overMemory, watchPipe } from "./reading-watch.ts";

/** How a process came to its end: whether that was its own doing, and why in a few words. */
interface End {
  readonly reason: string;
  readonly own: boolean;
}

/** What opens the reader of the models that ship. */
export function shippedReader(
  options: { readonly model?: string; readonly threads?: number; readonly smallest?: number } = {},
): ReaderModule {
  return { url: new URL(`./default-reader${extname(import.meta.url)}`, import.meta.url).href, options };
}

interface Started {
  readonly child: ChildProcess;
  readonly card: ModelCard;
  readonly ending: Ending;
}

/** Tells whoever waits for it that a process has ended; a promise would keep each one that ever waited. */
interface Ending {
  /** Told at once if it has ended already. */
  on(tell: (end: End) => void): void;
  off(tell: (end: End) => void): void;
}

/**
 * A reader in a process of its own, which can be ended whatever a decoder does in it. A photo that hangs, swells or breaks it costs no
 * more than itself: the next one gets a new process. It goes when this process goes, and signals from the terminal do not reach it.
 *
 * @throws what opening the reader throws, at the first photo
 */
export function readerInProcess(module: ReaderModule, limits: ReadingLimits): PhotoReader {
  let open: Promise<Started> | undefined;
  let child: ChildProcess | undefined;
  let closed = false;
  const opened = () => {
    open ??= start();
    return open;
  };
  const start = async (): Promise<Started> => {
    for (let attempt = 1; ; attempt++) {
      const own = startProcess(module, limits);
      child = own;
      own.once("exit", () => {
        if (child === own) open = undefined; // whenever it ends, the next photo gets a new one
      });
      try {
        return await whenReady(own, limits);
      } catch (error) {
        if (!(error instanceof EndedFromOutside) || closed || attempt === mostStarts) throw error;
      }
    }
  };
  return {
    card: async () => (await opened()).card,
    read: async (place, wanted) => readBy(await opened(), limits, place, wanted),
    async renew() {
      await ended(child);
      open = undefined;
    },
    close() {
      closed = true;
      return ended(child);
    },
  };
}

/** Starts of a process that something else ends before it is ready. */
const mostStarts = 3;

class EndedFromOutside extends EngineError {}

/** MiB of its heap; pixels and networks lie outside of it. Without limits rubbish is left lying until there is much. */
const heapFlags = ["--max-old-space-size=256", "--max-semi-space-size=8"];

/** Run from the sources, it needs to be told where packages have theirs; other flags of this process are not for it. */
function startProcess(module: ReaderModule, { memory }: ReadingLimits): ChildProcess {
  const ending = extname(import.meta.url);
  const task: ReadingTask = { module, watched: { parent: process.pid, memory } };
  try {
    return fork(new URL(`./reading-process${ending}`, import.meta.url), [readingMark, JSON.stringify(task)], {
      execArgv: [...heapFlags, ...(ending === ".ts" ? ["--conditions=semblant-source"] : [])],
      serialization: "advanced",
      detached: process.platform !== "win32", // Ctrl-C goes to all of a terminal's processes but this
      stdio: ["ignore", "ignore", "pipe", "pipe", "ipc"],
      env: { MALLOC_ARENA_MAX: "2", ...process.env }, // else each of its threads keeps memory of its own
    });
  } catch (error) {
    throw notStarted(error as Error);
  }
}

function notStarted(cause: NodeJS.ErrnoException): EngineError {
  const why = cause.code ?? cause.message;
  return new EngineError(`library: expected to start a process that reads photos, but the system did not let it (${why}).`, { cause });
}

function whenReady(child: ChildProcess, limits: ReadingLimits): Promise<Started> {
  const said = complaint(child.stderr);
  const ending = endingOf(child, limits);
  return new Promise((resolve, reject) => {
    child.once("error", (error) => reject(notStarted(error)));
    child.once("message", (report: Report) => {
      if ("card" in report) {
        child.unref(); // from here on it is waited for only while it reads
        child.channel?.unref();
        for (const pipe of [child.stderr, child.stdio[watchPipe]]) (pipe as unknown as { unref(): void }).unref();
        return resolve({ child, card: report.card, ending });
      }
      reject("error" in report ? revived(report.error) : new EngineError("library: expected the process that reads photos to be ready."));
      child.kill("SIGKILL");
    });
    ending.on(({ reason, own }) => {
      const Class = own ? EngineError : EndedFromOutside;
      reject(new Class(`library: ${reason} at its start.${said() === "" ? "" : `\n  ${said()}`}`));
    });
  });
}

async function readBy(
  { child, ending }: Started,
  limits: ReadingLimits,
  place: string,
  wanted: (hash: string) => boolean,
): Promise<Reading> {
  const before = processorSeconds(child.pid);
  let late: End | undefined;
  const clock = everySecond(limits.seconds, () => {
    const busy = (processorSeconds(child.pid) ?? Number.POSITIVE_INFINITY) - (before ?? 0);
    const reason = `it was not read within ${limits.seconds} seconds`;
    late =
      busy >= limits.seconds / 2
        ? { reason, own: true }
        : { reason: `${reason}, of which it had a processor for ${Math.round(busy)}`, own: false };
    child.kill("SIGKILL");
  });
  const send = (order: Order) => child.send(order, () => {}); // one that is gone says so by its end
  let release = (): void => {};
  try {
    return await new Promise<Reading>((resolve, reject) => {
      const hear = (report: Report) => {
        if ("hash" in report) send({ wanted: wanted(report.hash) });
        else if ("reading" in report) resolve(report.reading);
        else if ("error" in report) reject(revived(report.error));
      };
      const tell = (end: End) => {
        const { reason, own } = late ?? end;
        resolve({ reason, cause: own ? "ended" : "ended from outside" });
      };
      release = () => {
        child.off("message", hear);
        ending.off(tell);
      };
      child.on("message", hear);
      ending.on(tell);
      send({ place });
    });
  } finally {
    release();
    clearInterval(clock);
  }
}

/** Counts seconds that this process lived through: those for which the machine or both were halted do not count. */
function everySecond(seconds: number, ring: () => void): NodeJS.Timeout {
  let left = seconds;
  const step = Math.min(1, seconds);
  return setInterval(() => {
    left -= step;
    if (left <= 0) ring();
  }, 1000 * step);
}

/** Ends a process, and waits until it has, but not for ever: one that hangs in the system cannot be ended. */
async function ended(child: ChildProcess | undefined): Promise<void> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  child.kill("SIGKILL");
  await new Promise<void>((resolve) => {
    const patience = setTimeout(resolve, 500);
    child.once("exit", () => {
      clearTimeout(patience);
      resolve();
    });
  });
}

/** Signals that come from a person or from a system that is short of memory: no fault of what was being read. */
const fromOutside = new Set(["SIGKILL", "SIGTERM", "SIGINT", "SIGHUP", "SIGQUIT", "SIGSTOP"]);

function endingOf(child: ChildProcess, { memory }: ReadingLimits): Ending {
  const said = lastWords(child.stdio?.[watchPipe] as Readable | undefined);
  const waiting = new Set<(end: End) => void>();
  let known: End | undefined;
  child.once("close", (code, signal) => {
    const how = signal ?? `status ${code}`;
    if (said() === overMemory) known = { reason: `reading it took more than ${memory} MiB of memory`, own: true };
    else if (signal !== null && fromOutside.has(signal)) {
      known = { reason: `the process that reads photos was ended from outside (${how}); memory may have been short`, own: false };
    } else known = { reason: `the process that reads photos ended by itself (${how})`, own: true };
    for (const tell of waiting) tell(known);
    waiting.clear();
  });
  return { on: (tell) => void (known === undefined ? waiting.add(tell) : tell(known)), off: (tell) => void waiting.delete(tell) };
}

function lastWords(from: Readable | null | undefined): () => string {
  const text = told(from, 500);
  return () => lastLine(text());
}

/** Why a process ended, of all that it said: Node says that before a stack and its own version. */
function complaint(from: Readable | null | undefined): () => string {
  const text = told(from, 10_000);
  return () => /^(?:# )?((?:\w*Error\b|FATAL ERROR|Fatal process).*)$/m.exec(text())?.[1]?.trim() ?? lastLine(text());
}

function told(from: Readable | null | undefined, most: number): () => string {
  let text = "";
  from?.setEncoding("utf8");
  from?.on("data", (part: string) => {
    text = (text + part).slice(-most);
  });
  return () => text;
}

const lastLine = (text: string): string => text.trim().split("\n").at(-1) as string;

/** Seconds of processor that a process has had; undefined where the system does not say it in a file. */
function processorSeconds(pid: number | undefined): number | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "latin1")
      .replace(/^.*\) /s, "")
      .split(" ");
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return undefined;
  }
}

function revived({ name, message }: { name: string; message: string }): Error {
  const Class = { OptionError, ShapeError, DataError, EngineError }[name] ?? Error;
  return new Class(message);
}
