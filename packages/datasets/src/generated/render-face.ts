import type { Random } from "@semblant/core";
import type { Action } from "./action-units.ts";
import { paintBeard } from "./beard.ts";
import { paintBrows } from "./brows.ts";
import { Canvas } from "./canvas.ts";
import { paintEyes } from "./eyes.ts";
import { paintGlasses } from "./glasses.ts";
import { paintBackHair, paintHair } from "./hair.ts";
import { paintHead } from "./head.ts";
import type { Identity } from "./identity.ts";
import { landmarks, type Moment } from "./landmarks.ts";
import { paintMouth } from "./mouth.ts";
import { paintNose } from "./nose.ts";
import type { Nuisance } from "./nuisance.ts";
import { photograph } from "./photograph.ts";
import { paintFolds } from "./skin.ts";
import { paintBody } from "./surroundings.ts";

/** Points of the canvas across one pixel of the picture. */
const FINENESS = 3;

/** A canvas on which pictures of this size can be drawn, one after the other. */
export function canvasFor(size: number): Canvas {
  return new Canvas(size * FINENESS);
}

/** What a picture shows of a person: the muscles' action, the moment, and what the camera adds. */
export interface Shown {
  readonly action: Action;
  readonly moment: Moment;
  readonly nuisance: Nuisance;
}

/**
 * One picture of a face: grey bytes, row by row, of the size that the canvas is for.
 *
 * The landmarks of the identity are moved by the action units; the head is built from the back to the front on a frontal canvas of tones
 * and heights; the canvas is lit, turned and photographed as the nuisance says.
 *
 * @param canvas from {@link canvasFor}; wiped first
 * @param random only for the grain of the noise
 *
 * @example
 * const random = new Random(1);
 * const face = drawIdentity("adult", random);
 * const shown = { action: drawAction("fear", random, 1), moment: drawMoment(random, 1, "plain"), nuisance: drawNuisance(random, 1) };
 * renderFace(face, shown, canvasFor(48), random).length; // 2304
 */
export function renderFace(identity: Identity, { action, moment, nuisance }: Shown, canvas: Canvas, random: Random): Uint8Array {
  const face = landmarks(identity, action, moment);
  canvas.clear();
  paintBackHair(canvas, face);
  paintBody(canvas, face, nuisance);
  paintHead(canvas, face);
  paintNose(canvas, face);
  paintFolds(canvas, face);
  paintBeard(canvas, face);
  paintMouth(canvas, face);
  paintEyes(canvas, face);
  paintBrows(canvas, face);
  paintHair(canvas, face);
  paintGlasses(canvas, face);
  return photograph(canvas, nuisance, canvas.n / FINENESS, random);
}
