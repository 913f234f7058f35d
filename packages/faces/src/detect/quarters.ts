import { quarterOfFace } from "../align/align-face.ts";
import { alongOf, type Quarter } from "../align/turn-picture.ts";
import type { DetectedFace } from "../face.ts";
import type { Picture } from "../picture.ts";
import type { Session } from "../runtime.ts";
import { findLandmarks } from "./blazeface.ts";
import { isSure, margin, oddsOf } from "./right-face.ts";

/** The largest faces that are asked which way up they are. */
const asked = 5;

/** Whether faces say by themselves that their picture is upright: a quarter of them, since a few on their heads look as if they were. */
export function uprightByThemselves(faces: readonly DetectedFace[]): boolean {
  const sure = faces.filter((face) => isSure(face) && quarterOfFace(face) === 0).length;
  return sure > 0 && 4 * sure >= faces.length;
}

/** The quarters by which most faces that are surely righted say that the picture is to be turned, clockwise; undefined without such. */
export function sureQuarter(faces: readonly DetectedFace[]): Quarter | undefined {
  const sure = faces.filter(isSure);
  if (sure.length === 0 || 4 * sure.length < faces.length) return undefined;
  return mostOf(([0, 1, 2, 3] as const).map((quarter) => sure.filter((face) => quarterOfFace(face) === quarter).length));
}

/**
 * The same of faces of which none is sure, by looking at the largest from all four sides; undefined where no side stands out.
 *
 * On its head a face is found almost as often as upright, its mouth taken for eyes; but BlazeFace is surer of it the right way up.
 */
export async function quarterOfFaces(picture: Picture, faces: readonly DetectedFace[], keypoints: Session): Promise<Quarter | undefined> {
  if (faces.length === 0) return undefined;
  const largest = [...faces].sort((a, b) => b.box.width * b.box.height - a.box.width * a.box.height).slice(0, asked);
  const odds: number[] = [];
  for (const quarter of [0, 1, 2, 3] as const) {
    let sum = 0;
    for (const { box } of largest) {
      sum += oddsOf((await findLandmarks(picture, box, keypoints, alongOf(quarter))) ?? {});
    }
    odds.push(sum / largest.length);
  }
  const best = mostOf(odds);
  const others = odds.filter((_, quarter) => quarter !== best);
  return (odds[best] as number) > Math.max(...others) + margin ? best : undefined;
}

const mostOf = (values: readonly number[]): Quarter => values.indexOf(Math.max(...values)) as Quarter;
