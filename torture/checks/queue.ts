import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Random } from "@semblant/core";
import { hasDebian, startDebian } from "../../packages/photos/src/database/fixtures/debian-server.ts";
import { writePhotos } from "../../packages/photos/src/library/fixtures/photos.ts";
import { orphans } from "../orphans.ts";
import type { CheckContext, Outcome } from "../outcome.ts";
import { killWorkers } from "../queue/kill-workers.ts";

export const name = "queue";
export const description =
  "processes that share a server's queue, killed at any moment, and their lines cut: each photo is written once, and nothing is lost";

/** A round is a library of its own. */
const round = { photos: 150, kills: 40, least: { photos: 40, kills: 15 } };

/** Fills libraries, kill by kill. Without time it is one small library and some fifteen kills. */
export async function* check({ random, until, folder, corpus = [], again }: CheckContext): AsyncGenerator<Outcome> {
  if (!hasDebian) return yield { done: 0, skipped: "PostgreSQL is not installed (Debian's package postgresql)" };
  const short = !again && Date.now() >= until;
  const { photos: count, kills } = short ? round.least : round;
  const photos = join(folder, "photos");
  mkdirSync(photos, { recursive: true });
  const names = Array.from({ length: count }, (_, i) => [`${i}.jpg`, [[40 + (i % 200), 200 - (i % 150), 90] as const]] as const);
  await writePhotos(photos, Object.fromEntries(names));
  const server = await startDebian();
  let [rounds, killed] = [0, 0];
  const tryOnce = async (seed: number): Promise<Outcome> => {
    const label = `${process.pid}-queue-${seed}-${rounds}`;
    const own = new Random(seed);
    const given = { server, schema: `round${rounds++}`, photos, count, kills, walks: !short && own.integer(2) === 0, random: own, label };
    const { kills: done, fault } = await killWorkers(given);
    killed += done;
    const left = await orphans(label);
    const what = fault ?? (left > 0 ? `${left} processes outlived those that were killed` : undefined);
    return { done, ...(what !== undefined && { failed: { what, input: { seed } } }) };
  };
  try {
    for (const { seed } of corpus as readonly { readonly seed: number }[]) yield tryOnce(seed);
    for (let tries = 0; !again && (Date.now() < until || tries === 0); tries++) yield tryOnce(random.integer(2 ** 32 - 1));
    yield { done: 0, note: `${killed} kills of ${rounds} libraries of ${count} photos` };
  } finally {
    server.stop();
  }
}
