import { type ChildProcess, spawn } from "node:child_process";

/** What a rank tells the process that started it. */
export interface RankNews {
  /** The folder of the run, once it is known. */
  readonly run?: string;
  /** Why it stops, as it says so itself. */
  readonly error?: string;
}

/** How a rank ended. */
export interface RankEnd {
  readonly rank: number;
  readonly pid: number;
  /** The exit status, or null where a signal ended it. */
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  /** What it wrote to its standard error; empty of rank 0, whose words are seen as they come. */
  readonly said: string;
  readonly news: RankNews;
}

/** A rank of this machine, in a process of its own. */
export interface RankProcess {
  readonly rank: number;
  readonly ended: Promise<RankEnd>;
  /** What it has told so far. */
  news(): RankNews;
  kill(signal: NodeJS.Signals): void;
}

/** What a rank's environment says of who started it: only then does it tell. */
const startedBy = "SEMBLANT_STARTED_BY";

/**
 * Starts the command that this process was given once more, as one rank. Rank 0 speaks for all: its output is this process's own.
 *
 * @param place torchrun's variables for it, and its threads
 */
export function startRank(rank: number, place: Readonly<Record<string, string>>): RankProcess {
  const child = spawn(process.execPath, [...process.execArgv, ...process.argv.slice(1)], {
    env: { ...process.env, ...place, [startedBy]: String(process.pid) },
    stdio: rank === 0 ? ["ignore", "inherit", "inherit", "ipc"] : ["ignore", "ignore", "pipe", "ipc"],
  });
  let news: RankNews = {};
  child.on("message", (told: RankNews) => {
    news = { ...news, ...told };
  });
  const told = () => news;
  return { rank, ended: endOf(rank, child, told), news: told, kill: (signal) => void child.kill(signal) };
}

function endOf(rank: number, child: ChildProcess, news: () => RankNews): Promise<RankEnd> {
  let said = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  return new Promise((done) => {
    child.on("error", ({ message }) =>
      done({ rank, pid: 0, status: 1, signal: null, said: `It could not be started: ${message}`, news: news() }),
    );
    child.on("close", (status, signal) => done({ rank, pid: child.pid ?? 0, status, signal, said, news: news() }));
  });
}

/**
 * In a rank: tells whoever started it. Without one, as under torchrun, nothing happens.
 *
 * @param news what is new
 */
export function tellStarter(news: RankNews): void {
  if (hasStarter()) process.send?.(news);
}

/** In a rank: stops as at SIGTERM when the process that started it is gone. */
export function stopWithStarter(): void {
  if (!hasStarter()) return;
  process.once("disconnect", () => process.kill(process.pid, "SIGTERM"));
  process.channel?.unref();
}

/** In a rank: whether a command with --workers started it, and not a launcher. */
export function hasStarter(): boolean {
  return process.send !== undefined && process.env[startedBy] === String(process.ppid);
}
