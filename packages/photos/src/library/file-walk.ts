import { count } from "./folder-tables.ts";
import type { LibraryFile } from "./open-file.ts";
import { givenToRead, toRead, type Walk, whetherFound } from "./walk.ts";

/** A walk beside a file's library: its tables are this connection's alone, on the disk, and gone with it. */
export function fileWalk(file: LibraryFile): Walk {
  file.exec(
    `DROP TABLE IF EXISTS temp.found;
     CREATE TEMP TABLE found (
       walk INTEGER NOT NULL, path TEXT NOT NULL, bytes INTEGER, modified REAL, reason TEXT, folder INTEGER NOT NULL DEFAULT 0,
       PRIMARY KEY (walk, path)
     ) WITHOUT ROWID;
     CREATE INDEX temp.found_folders ON found (path) WHERE folder = 1;
     DROP TABLE IF EXISTS temp.todo;
     CREATE TEMP TABLE todo (
       n INTEGER PRIMARY KEY, path TEXT NOT NULL, bytes INTEGER NOT NULL, modified REAL NOT NULL, suspect INTEGER NOT NULL
     )`,
  );
  const scope = "f.walk = 1";
  const isThere = whetherFound(file, scope);
  return {
    key: 1,
    scope,
    listed: "todo",
    /** They are numbered from 1; last come those that were in work when a process ended. */
    list(tried) {
      const suspect = "EXISTS (SELECT 1 FROM reading r WHERE r.path = f.path)";
      file
        .prepare(`INSERT INTO todo (path, bytes, modified, suspect) SELECT path, bytes, modified, ${suspect} ${toRead} ORDER BY 4, path`)
        .run(givenToRead(file, 1, tried));
      return count(file, "todo");
    },
    isGone: (path) => !isThere(path),
    stands: () => true,
    end() {},
  };
}
