import type { ApiAnswers } from "@semblant/api";

// What the API answers with, under the names that screens use. The schemas that check it are those of @semblant/api.

export type About = ApiAnswers["about"];
export type PhotoColumns = ApiAnswers["photos"];
export type Photo = ApiAnswers["photo"];
export type PhotoFace = Photo["faces"][number];
export type Verdict = PhotoFace["verdict"];
export type FaceColumns = ApiAnswers["faces"];
export type LookedPicture = ApiAnswers["look"];
export type SearchHits = ApiAnswers["search"];
export type Groups = ApiAnswers["groups"];
export type Album = ApiAnswers["album"];
export type BestShots = ApiAnswers["best"];
export type Audit = ApiAnswers["audit"];
export type Added = ApiAnswers["added"];
export type FolderList = ApiAnswers["folders"];
