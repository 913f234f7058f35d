/** A side of bench/workers.ts and bench/communication.ts: so many processes, each as bench/peers/rank.ts, told the same and answering as one. */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createServer } from "node:net";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import type { RanksSetting, RanksTook } from "./ranks-orders.ts";

const setting: RanksSetting = JSON.parse(process.argv[2] as string);
const port = await freePort();
const ranks = Array.from({ length: setting.ranks }, (_, rank) => startRank(rank));

console.log((await answers())[0]);
for await (const line of createInterface({ input: process.stdin })) {
  for (const { child } of ranks) child.stdin.write(`${line}\n`);
  const took = (await answers()).map((text) => JSON.parse(text) as RanksTook);
  const sum = (of: "processor" | "peakMiB" | "waited") => took.reduce((total, one) => total + one[of], 0);
  const seconds = Math.max(...took.map((one) => one.seconds)); // all begin at once
  console.log(
    JSON.stringify({ ...took[0], seconds, processor: sum("processor"), peakMiB: sum("peakMiB"), waited: sum("waited") / took.length }),
  );
}
for (const { child } of ranks) child.stdin.end();

function startRank(rank: number): { child: ChildProcessWithoutNullStreams; lines: AsyncIterator<string> } {
  const place = { RANK: String(rank), WORLD_SIZE: String(setting.ranks), MASTER_ADDR: "127.0.0.1", MASTER_PORT: String(port) };
  const command = ["--conditions=semblant-source", resolve(import.meta.dirname, "rank.ts"), JSON.stringify(setting)];
  const child = spawn(process.execPath, command, { env: { ...process.env, ...place } });
  child.stderr.on("data", (said) => process.stderr.write(said));
  return { child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() };
}

async function answers(): Promise<string[]> {
  return Promise.all(
    ranks.map(async ({ lines }, rank) => {
      const { value, done } = await lines.next();
      if (done) throw new Error(`rank ${rank} ended without an answer`);
      return value as string;
    }),
  );
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((listens) => server.once("listening", listens));
  const { port: found } = server.address() as { port: number };
  await new Promise((closed) => server.close(closed));
  return found;
}
