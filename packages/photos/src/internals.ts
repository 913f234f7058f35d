/** What the packages of Semblant share among themselves. There is no promise about any of it: it may change with every version. */

// Where rows lie

export type { Claim, Database, Statement, Transaction } from "./database/database.ts";
export { isServerAddress, withoutPassword } from "./database/server-address.ts";
export { isServerGone } from "./database/server-failures.ts";
export { sqliteOf } from "./database/sqlite.ts";
export { untilBack } from "./database/until-back.ts";

// What is done with a folder

export { type IndexFolderOptions, indexFolder } from "./asking/index-folder.ts";
export { answerByModel, keepAdapted, modelOfLibrary, refuseKeptNowhere, refuseOtherLibrary } from "./asking/keep-adapted.ts";
export { isLabelledFolder } from "./asking/labelled-folder.ts";
export { openNearest } from "./asking/nearest-library.ts";
export { isFolder } from "./asking/photo-files.ts";
export { facesOfLibrary, linksLine, refuseUnmatched, remarkLines } from "./asking/photo-folder.ts";
export { queryInWords } from "./asking/query-in-words.ts";
export { refuseFilled, type TakenOut, type TakeOut, takeOut } from "./asking/take-out.ts";
export { refuseOther } from "./library/as-read.ts";
export { documentNames, dropDocument, keepDocument, readDocument } from "./library/documents.ts";
export { exclusionsOf, rememberedLine } from "./library/exclusions.ts";
export { checkExportEnding } from "./library/export-library.ts";
export { addFilter, parseFilter } from "./library/filter-words.ts";
export { withinLibrary } from "./library/forget.ts";
export { claimIndexing, isBeingIndexed } from "./library/indexing-lock.ts";
export { rememberFaces } from "./library/known-faces.ts";
export { fileOf, searchingOf } from "./library/library.ts";
export { shiftOfLibrary } from "./library/library-shift.ts";
export { libraryStamp } from "./library/library-stamp.ts";
export { type LookedAtPicture, lookAt } from "./library/look-at.ts";
export { passedOverLine } from "./library/passed-over.ts";
export { type ListedPhotos, listPhotos } from "./library/photo-list.ts";
export { placeOfFace } from "./library/place-of-face.ts";
export { LibraryThumbnails, type ShownSmall } from "./library/thumbnails.ts";
export { privateFile, privateFolder } from "./private-files.ts";
export { placeBeside } from "./taught/place-beside.ts";

// Questions of faces and rows that are no photos

export { type AdaptFacesOptions, type AuditOfFacesOptions, adaptFaces, auditFaces, type NamedPhoto } from "@semblant/answers";
export { type ClusterRowsOptions, clusterRows, howMany, shiftOf, unlikeInWords } from "@semblant/answers/internals";

// Models and what runs them

export { taughtNames, wasAdapted } from "./asking/model-of-library.ts";
export { nodeRuntime, runtimeHere } from "./models/node-runtime.ts";
export {
  finders,
  isModel,
  pathOfModel,
  pathOfNetwork,
  pathOfShipped,
  readModel,
  readShipped,
  shippedModels,
  shippedWithChecksum,
  shippedWords,
} from "./models/read-model.ts";

// Pictures of photos

export { AtATime } from "./library/at-a-time.ts";
export { openPicture, pictureFormat } from "./pictures/open-picture.ts";
export { type UprightPicture, uprightPicture } from "./pictures/upright-picture.ts";
export { contentHash } from "./reading/fingerprints.ts";

// Pages, and words on them

export {
  type ClassStyle,
  classStyles,
  expressionStyles,
  type MarkerShape,
  markerPath,
  paper,
  readable,
  seriesColors,
  styleIndexes,
} from "@semblant/answers/internals";
export { coveredInWords, notStoodFor } from "./sheets/album-words.ts";
export { type Html, html, trusted } from "./sheets/html.ts";
export { facesTurned, noFaceFound } from "./sheets/no-face.ts";
export { page } from "./sheets/page.ts";
export { counted, percent } from "./sheets/sheet.ts";
export { checkSheetName } from "./sheets/write-sheet.ts";
