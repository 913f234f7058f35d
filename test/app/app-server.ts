import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");

/** `semblant app`, running over a folder. */
export interface AppServer {
  /** With its token. */
  readonly address: string;
  readonly pid: number;
  /** Ends it, and waits until it has. */
  stop(): Promise<void>;
}

/** Starts `semblant app` on a free port, or on one that is asked for. */
export async function startServer(folder: string, more: readonly string[] = []): Promise<AppServer> {
  const cli = resolve(root, "packages/semblant/src/cli.ts");
  const args = ["--conditions=semblant-source", cli, "app", folder, "--no-open", ...more];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  const address = await addressOf(child);
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    await ended;
  };
  return { address, pid: child.pid as number, stop };
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((found, fail) => {
    let said = "";
    const hear = (text: string) => {
      said += text;
      const address = /http:\/\/\S+token=\S+/.exec(said)?.[0];
      if (address !== undefined) found(address);
    };
    child.stdout?.setEncoding("utf8").on("data", hear);
    child.stderr?.setEncoding("utf8").on("data", hear);
    child.on("exit", (code) => fail(new Error(`semblant app ended with ${code}:\n${said}`)));
  });
}
