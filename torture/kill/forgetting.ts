import { readFileSync } from "node:fs";
import { join } from "node:path";
import { run, start } from "../command.ts";
import { rowsOf } from "../library-rows.ts";
import { faultOf } from "../verdict.ts";
import { endAfter, type KillJob, tookUndisturbed, usually } from "./job.ts";
import { bytesBeside, copyIndexed } from "./outputs.ts";

/** Killed while it forgets; once it has said that it is done, or the next command has run, no embedding of the photo is left. */
export const killForgetting: KillJob = {
  name: "library forget",
  parts: ["indexed"],
  async tryOnce(context) {
    const { folder, random, label } = context;
    const photos = copyIndexed(context);
    const name = `${random.integer(12)}.jpg`;
    const ask = (asked: readonly string[]) => run(asked, { cwd: folder, label });
    const before = await rowsOf(photos, ask);
    if ("refused" in before) return before.refused;
    const faces = before.faces.map((face) => JSON.parse(face) as { path: string; embedding: number[] });
    const embeddings = faces.filter(({ path }) => path === name).map(({ embedding }) => Buffer.from(Float32Array.from(embedding).buffer));
    if (embeddings.length === 0 || !embeddings.some((one) => bytesBeside(photos).includes(one)))
      throw new Error(`${name} has no embedding in the library to begin with`);

    const args = ["library", "forget", join(photos, name)];
    const running = start(args, { cwd: folder, label });
    const { left } = await endAfter(running, { signal: "SIGKILL", usual: usually("library forget", 900), random, label });
    if (left > 0) return `${left} processes outlived a forget that was killed`;
    const traces = embeddings.some((one) => bytesBeside(photos).includes(one));

    // Either a second forget finishes, or, where the rows had gone, another command does.
    const next = random.integer(2) === 0 ? args : ["album", photos, "--no-index", "-q"];
    const ended = await run(next, { cwd: folder, label });
    const fault = faultOf(ended);
    if (next === args) tookUndisturbed("library forget", ended);
    if (fault !== undefined) return `after a forget that was killed, ${next[0]}: ${fault}`;
    const after = await rowsOf(photos, ask);
    if ("refused" in after) return after.refused;
    const known = after.photos.some((photo) => (JSON.parse(photo) as { path: string }).path === name);
    if (next === args && known) return "forgotten twice, the photo is still known";
    // One that was killed when all was done leaves nothing to finish: then, and only then, nothing may be known.
    const allDone = !traces && /it knows nothing of/.test(ended.stderr);
    if (next === args && ended.status !== 0 && !allDone) return `a second forget refuses: ${ended.stderr.trim().slice(0, 200)}`;
    if (!known && embeddings.some((one) => bytesBeside(photos).includes(one)))
      return "the rows are gone but an embedding is still in the file";
    const others = (rows: readonly string[]) => rows.filter((row) => (JSON.parse(row) as { path: string }).path !== name);
    if (JSON.stringify(others(after.faces)) !== JSON.stringify(others(before.faces))) return "faces of other photos changed";
    return undefined;
  },
};

/** Two classes taught at the same time, one of them perhaps killed: what was taught before stays, and what was said to be kept is kept. */
export const killTeaching: KillJob = {
  name: "teach",
  parts: ["indexed"],
  async tryOnce(context) {
    const { folder, random, label } = context;
    const photos = copyIndexed(context);
    const teach = (name: string, face: string) =>
      start(["teach", name, face, "5", "--in", photos, "--anyway", "-q"], { cwd: folder, label });
    const [first, second] = [teach("bored", "3"), teach("curious", "7")];
    const killed = random.integer(2) === 0;
    if (killed) await endAfter(first, { signal: "SIGKILL", usual: usually("teach", 4000), random, label: `${label} none` });
    const [one, other] = await Promise.all([first.ended, second.ended]);
    tookUndisturbed("teach", other);
    const fault = faultOf(other) ?? (killed ? undefined : faultOf(one));
    if (fault !== undefined) return fault;
    const { classes } = JSON.parse(readFileSync(join(photos, ".semblant/taught.json"), "utf8")) as { classes: { name: string }[] };
    const names = classes.map(({ name }) => name);
    const kept = ["smirk", ...(one.status === 0 ? ["bored"] : []), ...(other.status === 0 ? ["curious"] : [])];
    const lost = kept.filter((name) => !names.includes(name));
    return lost.length > 0 ? `taught at once, ${lost.join(" and ")} was lost` : undefined;
  },
};
