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
export function shippedReader(options: { readonly model?: string; readonly threads?: number } = {}): ReaderModule {
  return { url: new URL(`./default-reader${extname(import.meta.url)}`, import.meta.url).href, options };
}

interface Started {
  readonly child: ChildProcess;
  readonly card: ModelCard;
  /** When it has ended. */
  readonly end: Promise<End>;
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
  return fork(new URL(`./reading-process${ending}`, import.meta.url), [readingMark, JSON.stringify(task)], {
    execArgv: [...heapFlags, ...(ending === ".ts" ? ["--conditions=semblant-source"] : [])],
    serialization: "advanced",
    detached: process.platform !== "win32", // Ctrl-C goes to all of a terminal's processes but this
    stdio: ["ignore", "ignore", "pipe", "pipe", "ipc"],
    env: { MALLOC_ARENA_MAX: "2", ...process.env }, // else each of its threads keeps memory of its own
  });
}

function whenReady(child: ChildProcess, limits: ReadingLimits): Promise<Started> {
  const said = lastWords(child.stderr as Readable);
  const end = whenEnded(child, limits);
  return new Promise((resolve, reject) => {
    child.once("error", ({ message }) =>
      reject(new EngineError(`library: expected to start a process that reads photos, but: ${message}.`)),
    );
    child.once("message", (report: Report) => {
      if ("card" in report) {
        child.unref(); // from here on it is waited for only while it reads
        child.channel?.unref();
        for (const pipe of [child.stderr, child.stdio[watchPipe]]) (pipe as unknown as { unref(): void }).unref();
        return resolve({ child, card: report.card, end });
      }
      reject("error" in report ? revived(report.error) : new EngineError("library: expected the process that reads photos to be ready."));
      child.kill("SIGKILL");
    });
    void end.then(({ reason, own }) => {
      const Class = own ? EngineError : EndedFromOutside;
      reject(new Class(`library: ${reason} at its start.${said() === "" ? "" : `\n  ${said()}`}`));
    });
  });
}

async function readBy({ child, end }: Started, limits: ReadingLimits, place: string, wanted: (hash: string) => boolean): Promise<Reading> {
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
  try {
    return await new Promise<Reading>((resolve, reject) => {
      const hear = (report: Report) => {
        if ("hash" in report) return send({ wanted: wanted(report.hash) });
        child.off("message", hear);
        if ("reading" in report) resolve(report.reading);
        else if ("error" in report) reject(revived(report.error));
      };
      child.on("message", hear);
      void end.then((how) => {
        child.off("message", hear);
        const { reason, own } = late ?? how;
        resolve({ reason, cause: own ? "ended" : "ended from outside" });
      });
      send({ place });
    });
  } finally {
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

function whenEnded(child: ChildProcess, { memory }: ReadingLimits): Promise<End> {
  const said = lastWords(child.stdio[watchPipe] as Readable);
  return new Promise((resolve) => {
    child.once("close", (code, signal) => {
      if (said() === overMemory) return resolve({ reason: `reading it took more than ${memory} MiB of memory`, own: true });
      const how = signal ?? `status ${code}`;
      resolve(
        signal !== null && fromOutside.has(signal)
          ? { reason: `the process that reads photos was ended from outside (${how}); memory may have been short`, own: false }
          : { reason: `the process that reads photos ended by itself (${how})`, own: true },
      );
    });
  });
}

function lastWords(from: Readable): () => string {
  let text = "";
  from.setEncoding("utf8");
  from.on("data", (part: string) => {
    text = (text + part).slice(-500);
  });
  return () => text.trim().split("\n").at(-1) as string;
}

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
