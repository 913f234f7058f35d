import type { Job, Jobs } from "../queue/jobs.ts";
import type { LibraryFile } from "./open-file.ts";
import type { PhotoRows } from "./photo-rows.ts";

/**
 * The jobs of a file's library: the rows of the table `todo` in their order, which one process reads alone. That a photo is in work is a
 * row of `reading`, which outlives the process.
 */
export function todoJobs(file: LibraryFile, rows: PhotoRows): Jobs {
  const find = file.prepare("SELECT path, bytes, modified, suspect FROM todo WHERE n = ?");
  const add = file.prepare("INSERT INTO todo (path, bytes, modified, suspect) VALUES (@path, @bytes, @modified, 1)");
  let next = 1;
  return {
    take(ordinary) {
      const job = find.get(next) as Job | undefined;
      if (job === undefined || (ordinary && job.suspect === 1)) return undefined;
      next++;
      return job;
    },
    begin: ({ path }) => rows.begin(path),
    end: (_job, become) => become(),
    missing({ path }) {
      file.prepare("DELETE FROM found WHERE walk = 1 AND path = ?").run(path);
      rows.release(path);
      return "gone";
    },
    leaveToOthers: () => false,
    setAside: ({ path, bytes, modified }) => void add.run({ path, bytes, modified }),
    more: async () => false,
    async leave(inWork) {
      for (const { path, suspect } of inWork) if (suspect === 0) rows.release(path);
    },
    patiently: async (ask) => ask(),
    progress: () => undefined,
  };
}
