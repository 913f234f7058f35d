import { affectNetFolders } from "./affectnet-folders.ts";
import { affectNetTables } from "./affectnet-tables.ts";
import { bu3dfe } from "./bu-3dfe.ts";
import { celebA } from "./celeba.ts";
import { ckExtended } from "./ck-extended.ts";
import { ckPlus } from "./ck-plus.ts";
import { ck48 } from "./ck48.ts";
import { jaffe } from "./jaffe.ts";
import { kdef } from "./kdef.ts";
import { lfw } from "./lfw.ts";
import { rafDb, rafDbFolders } from "./raf-db.ts";
import type { SetReader } from "./set-reader.ts";

/** The sets with layouts of their own, in the order in which they are looked for: names that say most come first. */
export const setReaders: readonly SetReader[] = [
  affectNetTables,
  affectNetFolders,
  ckExtended,
  ckPlus,
  ck48,
  celebA,
  rafDb,
  rafDbFolders,
  jaffe,
  bu3dfe,
  kdef,
  lfw,
];
