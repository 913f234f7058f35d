import { claimOfWalk, livingOf } from "../queue/presence.ts";
import { count } from "./folder-tables.ts";
import { refuseWhileHeld } from "./indexing-lock.ts";
import type { LibraryFile } from "./open-file.ts";
import { givenToRead, isFound, toRead, type Walk, whetherFound } from "./walk.ts";

/** Files that any walk found are there: another may see what this one does not. */
const scope = "1 = 1";

/** A walk on a server: others may walk and read at the same time. What walks found whose process is gone is forgotten first. */
export function serverWalk(file: LibraryFile): Walk {
  forgetEnded(file);
  const key = file
    .transaction(() => file.prepare("INSERT INTO walks (whole) VALUES (0) RETURNING key").pluck().get() as number)
    .concurrent();
  const claim = file.claim(claimOfWalk(key));
  const stands = file.prepare("SELECT 1 FROM walks WHERE key = ?").pluck();
  const list = file.transaction((tried: Parameters<Walk["list"]>[0]) => {
    file.prepare("UPDATE walks SET whole = 1 WHERE key = ?").run(key);
    file.exec(`DELETE FROM jobs t WHERE worker IS NULL AND NOT ${isFound({ scope })}`); // of walks before: nobody finds them any more
    file
      .prepare(
        `INSERT INTO jobs (path, bytes, modified, walk) SELECT path, bytes, modified, walk ${toRead} ORDER BY path
         ON CONFLICT (path) DO UPDATE SET bytes = excluded.bytes, modified = excluded.modified, walk = excluded.walk
         WHERE jobs.worker IS NULL`,
      )
      .run(givenToRead(file, key, tried));
  });
  const walk: Walk = {
    key,
    scope,
    listed: "jobs",
    list(tried) {
      list.concurrent(tried);
      return count(file, "jobs");
    },
    isGone: goneByWalks(file),
    stands: () => stands.get(key) !== undefined,
    end() {
      forget(file, key);
      claim?.release();
    },
  };
  try {
    refuseWhileHeld(file);
  } catch (error) {
    walk.end();
    throw error;
  }
  return walk;
}

/** Whether there is no longer a file at a path, as far as those who walk say. Nobody knows it where no walk came to its end. */
export function goneByWalks(file: LibraryFile): (path: string) => boolean {
  const isThere = whetherFound(file, scope);
  const whole = file.prepare("SELECT 1 FROM walks WHERE whole = 1 LIMIT 1").pluck();
  return (path) => whole.get() !== undefined && !isThere(path);
}

function forgetEnded(file: LibraryFile): void {
  const known = file.prepare("SELECT key FROM walks").pluck().all() as number[];
  for (const key of livingOf(file, known, claimOfWalk).gone) forget(file, key);
}

function forget(file: LibraryFile, key: number): void {
  file
    .transaction(() => {
      file.prepare("DELETE FROM walks WHERE key = ?").run(key);
      file.prepare("DELETE FROM found WHERE walk = ?").run(key);
    })
    .concurrent();
}
