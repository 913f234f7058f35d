import { affectNetFolders } from "../sets/affectnet-folders.ts";
import { affectNetTables } from "../sets/affectnet-tables.ts";
import { bu3dfe } from "../sets/bu-3dfe.ts";
import { celebA } from "../sets/celeba.ts";
import { ckExtended } from "../sets/ck-extended.ts";
import { ckPlus } from "../sets/ck-plus.ts";
import { ck48 } from "../sets/ck48.ts";
import { jaffe } from "../sets/jaffe.ts";
import { kdef } from "../sets/kdef.ts";
import { lfw } from "../sets/lfw.ts";
import { rafDb, rafDbFolders } from "../sets/raf-db.ts";
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
