import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { run, start } from "../command.ts";
import { tinyTraining } from "../stock.ts";
import { faultOf } from "../verdict.ts";
import { faultOfStop } from "./indexing.ts";
import { endAfter, type KillContext, type KillJob, temporaryFiles, tookUndisturbed, usually } from "./job.ts";

/** Goes on with a training to its end, or begins it where nothing was kept; then it must be the one that was left alone. */
async function finish({ stock, folder, label }: KillContext): Promise<string | undefined> {
  const dir = join(folder, "run");
  const begun = existsSync(join(dir, "settings.json"));
  const args = begun ? ["train", "--resume", dir, "-q", "-t", "1"] : [...tinyTraining, "--out", dir];
  const ended = await run(args, { cwd: folder, seconds: 200, label });
  if (!begun) tookUndisturbed("train", ended);
  if (ended.status !== 0) return `going on: ${faultOf(ended) ?? `status ${ended.status}: ${ended.stderr.slice(-300)}`}`;
  for (const name of ["best.safetensors", "last.safetensors"]) {
    // The time that training took is part of the last checkpoint; its tensors are what must be the same.
    const [mine, whole] = [dir, stock.run].map((one) => tensorsOf(readFileSync(join(one, name))));
    if (!(mine as Buffer).equals(whole as Buffer)) return `${name} differs from that of a training that was left alone`;
  }
  const temporary = temporaryFiles(dir);
  return temporary.length > 0 ? `files were left: ${temporary.join(", ")}` : undefined;
}

/** A safetensors file without its header. */
const tensorsOf = (bytes: Buffer) => bytes.subarray(8 + Number(bytes.readBigUInt64LE(0)));

/** Killed once to three times, then resumed: bit for bit the training that was left alone. */
export const killTraining: KillJob = {
  name: "train",
  parts: ["run"],
  async tryOnce(context) {
    const { folder, random, label } = context;
    const dir = join(folder, "run");
    for (let kills = 1 + random.integer(3); kills > 0; kills--) {
      const begun = existsSync(join(dir, "settings.json"));
      const args = begun ? ["train", "--resume", dir, "-q", "-t", "1"] : [...tinyTraining, "--out", dir];
      const running = start(args, { cwd: folder, seconds: 200, label });
      const { ended, reached, left } = await endAfter(running, { signal: "SIGKILL", usual: usually("train", 6000), random, label });
      if (left > 0) return `${left} processes outlived the training that was killed`;
      if (!reached && ended.status !== 0) return `between kills: ${faultOf(ended) ?? ended.stderr.slice(-300)}`;
    }
    return finish(context);
  },
};

/** Ctrl-C and SIGTERM: status 130, a sentence; resumed, bit for bit the training that was left alone. */
export const stopTraining: KillJob = {
  name: "stop train",
  parts: ["run"],
  async tryOnce(context) {
    const { folder, random, label } = context;
    const dir = join(folder, "run");
    const signal = random.integer(2) === 0 ? "SIGINT" : "SIGTERM";
    const args = [...tinyTraining.filter((word) => word !== "-q"), "--out", dir];
    const running = start(args, { cwd: folder, seconds: 200, label });
    const stopped = await endAfter(running, { signal, usual: usually("train", 6000), random, label });
    return faultOfStop({ ...stopped, signal }) ?? finish(context);
  },
};
