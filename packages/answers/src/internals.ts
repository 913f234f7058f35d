/** What the packages of Semblant share among themselves. There is no promise about any of it: it may change with every version. */

// What a model says of faces

export { answersFor, type FaceAnswer } from "./face-sets/face-answers.ts";
export { classOfWord, type Looks, looksOf } from "./questions/looks.ts";
export { enoughFaces, shiftOf, shiftReferenceOf, unlikeInWords } from "./questions/shift.ts";

// What people say of faces, and which faces are meant

export { facesOfCorrection } from "./corrections/correction.ts";
export { type Grouping, groupingOf, refuseContradiction } from "./corrections/grouping.ts";
export { sameFaceOf } from "./corrections/same-face.ts";
export {
  classOfFilter,
  conditionOfFilter,
  type FilteredFace,
  folderOfFilter,
  momentOfFilter,
  numberOfFilter,
} from "./filters/face-filter.ts";

// The names of options

export { adaptFacesOptions } from "./questions/adapt.ts";
export { albumOptions } from "./questions/album.ts";
export { auditOptions } from "./questions/audit.ts";
export { bestOptions } from "./questions/best.ts";
export { clusterOptions } from "./questions/cluster.ts";
export { learnOptions } from "./questions/teach.ts";

// Parts of questions

export { qualityOfFaces } from "./questions/album.ts";
export { howMany } from "./questions/fewer-groups.ts";
export { classOfLabel, leastFaces } from "./questions/label-classes.ts";
export { labelledRows, labelOfFolder } from "./questions/labelled-rows.ts";
export { checkedCount, finiteEmbedding, hitsOf, leakOf } from "./questions/search.ts";
export { areWords } from "./questions/search-words.ts";
export { withoutFaces } from "./questions/without-faces.ts";

// Rows that are no faces

export { type ClusterRowsOptions, clusterRows, type RowGroup, type RowGroups } from "./questions/cluster-rows.ts";

// How expressions and times look to a person

export { type MarkerShape, markerPath } from "./design/markers.ts";
export {
  type ClassStyle,
  classStyles,
  darkSeriesColors,
  expressionStyles,
  paper,
  readable,
  seriesColors,
  styleIndexes,
} from "./design/palette.ts";
export { colors, overPhoto, type Schemes, sheetColors } from "./design/tokens.ts";
export { moment } from "./questions/moments.ts";
