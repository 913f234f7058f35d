import { quarterOfFace } from "../align/align-face.ts";
import { resizePicture } from "../align/resize.ts";
import { boxTurnedBack, type Quarter, turnedBack, turnPicture } from "../align/turn-picture.ts";
import type { DetectedFace } from "../face.ts";
import type { Picture, Point } from "../picture.ts";
import { isLikely, margin, oddsOf } from "./right-face.ts";

/** Pixels of the longer side at which a picture is looked at from all sides. */
const looked = 640;

/** What finds faces that are about upright in a picture. */
type Find = (picture: Picture) => Promise<readonly DetectedFace[]>;

/**
 * Faces as a picture turned by quarters shows them, where they are in the picture as it came; those without eyes and
 * mouth are left out.
 */
export async function lookFrom(quarter: Quarter, picture: Picture, find: Find): Promise<DetectedFace[]> {
  const faces = await find(turnPicture(picture, quarter));
  return faces.filter(({ landmarksFound }) => landmarksFound).map((face) => turnedBackFace(face, picture, quarter));
}

/**
 * The faces of a picture from all four sides, its other three at a size at which that costs little, and the quarters by which it is to
 * be turned: so that the face is upright that is most surely one. Undefined where no side stands out; a picture that may as well be
 * upright is.
 *
 * @param asItIs the faces that were found in the picture as it came
 */
export async function lookFromAllSides(
  picture: Picture,
  asItIs: readonly DetectedFace[],
  find: Find,
): Promise<{ readonly quarter: Quarter | undefined; readonly faces: readonly DetectedFace[] }> {
  const scale = Math.min(1, looked / Math.max(picture.width, picture.height));
  const width = Math.max(1, Math.round(picture.width * scale));
  const height = Math.max(1, Math.round(picture.height * scale));
  const small = scale === 1 ? picture : resizePicture(picture, { width, height });
  const faces = [...asItIs];
  const odds = [mostOdds(asItIs, 0)];
  for (const quarter of [1, 2, 3] as const) {
    const seen = await lookFrom(quarter, small, find);
    odds.push(mostOdds(seen, quarter));
    faces.push(...seen.map((face) => scaled(face, picture.width / width, picture.height / height)));
  }
  const best = odds.indexOf(Math.max(...odds)) as Quarter;
  const second = Math.max(...odds.filter((_, quarter) => quarter !== best));
  const clear = best === 0 ? asItIs.length > 0 : (odds[best] as number) > second + margin;
  return { quarter: clear ? best : undefined, faces };
}

/** How sure the surest face is of those that are upright from a side; from another side than that it came on, only those that count. */
function mostOdds(faces: readonly DetectedFace[], quarter: Quarter): number {
  const upright = faces.filter((face) => quarterOfFace(face) === quarter && (quarter === 0 || isLikely(face)));
  return Math.max(oddsOf({}), ...upright.map(oddsOf));
}

function turnedBackFace(face: DetectedFace, extent: Picture, quarter: Quarter): DetectedFace {
  return { ...moved(face, (point) => turnedBack(point, extent, quarter)), box: boxTurnedBack(face.box, extent, quarter) };
}

function scaled(face: DetectedFace, across: number, down: number): DetectedFace {
  const { x, y, width, height } = face.box;
  const box = { x: x * across, y: y * down, width: width * across, height: height * down };
  return { ...moved(face, (point) => ({ x: point.x * across, y: point.y * down })), box };
}

function moved(face: DetectedFace, to: (point: Point) => Point): DetectedFace {
  const { leftEye, rightEye, nose, mouth } = face.landmarks;
  return { ...face, landmarks: { leftEye: to(leftEye), rightEye: to(rightEye), nose: to(nose), mouth: to(mouth) } };
}
