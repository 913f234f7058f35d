import { Random } from "@semblant/core";
import { describe, expect, it } from "vitest";
import { type Action, type ActionUnit, rest, UNITS } from "./action-units.ts";
import { type Build, drawIdentity } from "./identity.ts";
import { landmarks } from "./landmarks.ts";
import { drawNuisance } from "./nuisance.ts";
import { canvasFor, renderFace } from "./render-face.ts";
import { BUILD_OF, drawMoment, SUBCLASSES, type Subclass } from "./subclasses.ts";

const canvas = canvasFor(48);
const adult = drawIdentity("adult", new Random(11));
const still = { gazeX: 0, gazeY: 0, teeth: 0, glasses: false, asymmetry: 0 };
const acting = (units: Partial<Record<ActionUnit, number>>): Action => ({ ...rest(), ...units });
const face = (units: Partial<Record<ActionUnit, number>>) => landmarks(adult, acting(units), still);

describe("landmarks", () => {
  const calm = face({});

  it("rise at the inner brow with AU1, at the outer with AU2, and sink and draw together with AU4", () => {
    expect(face({ innerBrowRaise: 1 }).brows[0].inner[1]).toBeLessThan(calm.brows[0].inner[1] - 0.1);
    expect(face({ outerBrowRaise: 1 }).brows[0].outer[1]).toBeLessThan(calm.brows[0].outer[1] - 0.1);
    const lowered = face({ browLower: 1 }).brows[1];
    expect(lowered.inner[1]).toBeGreaterThan(calm.brows[1].inner[1] + 0.1);
    expect(lowered.inner[0]).toBeLessThan(calm.brows[1].inner[0]);
  });

  it("open the eye with AU5, narrow it with AU7 and close it with AU43", () => {
    const opening = ({ eyes: [eye] }: typeof calm) => eye.up + eye.low;
    expect(opening(face({ upperLidRaise: 1 }))).toBeGreaterThan(1.3 * opening(calm));
    expect(opening(face({ lidTighten: 1 }))).toBeLessThan(0.7 * opening(calm));
    expect(opening(face({ eyesClose: 1 }))).toBeLessThan(0.6 * opening(calm));
  });

  it("raise one mouth corner with one-sided AU12, lower both with AU15 and widen the mouth with AU20", () => {
    const smirk = face({ cornerPullRight: 1 }).mouth;
    expect(smirk.rightY).toBeLessThan(smirk.leftY - 0.1);
    expect(face({ cornerDepress: 1 }).mouth.leftY).toBeGreaterThan(calm.mouth.leftY + 0.08);
    expect(face({ lipStretch: 1 }).mouth.rightX).toBeGreaterThan(1.2 * calm.mouth.rightX);
  });

  it("open the mouth and lower the chin with AU26, and thin the lips with AU24", () => {
    expect(face({ jawDrop: 1 }).mouth.gapDown).toBeGreaterThan(0.2);
    expect(face({ jawDrop: 1 }).chinY).toBeGreaterThan(calm.chinY + 0.1);
    expect(face({ lipPress: 1 }).mouth.upperLip).toBeLessThan(0.5 * calm.mouth.upperLip);
  });
});

describe("a rendered face", () => {
  it("changes with every action unit", () => {
    const nuisance = { ...drawNuisance(new Random(12), 0), noise: 0 };
    const calm = renderFace(adult, { action: acting({}), moment: still, nuisance }, canvas, new Random(1));
    for (const unit of UNITS) {
      const moved = renderFace(adult, { action: acting({ [unit]: 1 }), moment: still, nuisance }, canvas, new Random(1));
      expect([unit, changed(calm, moved) > 20]).toEqual([unit, true]);
    }
  });

  it("leaves nothing on the canvas for the next", () => {
    const draw = (on: typeof canvas) =>
      renderFace(adult, { action: acting({}), moment: still, nuisance: drawNuisance(new Random(13), 1) }, on, new Random(2));
    const fresh = draw(canvasFor(48));
    const other = { action: acting({ jawDrop: 1 }), moment: still, nuisance: drawNuisance(new Random(15), 2) };
    renderFace(drawIdentity("bearded", new Random(14)), other, canvas, new Random(3));
    expect(draw(canvas)).toEqual(fresh);
  });

  it("shows its sub-class: frames around the eyes, bright teeth, a dark jaw, low-set eyes", () => {
    const plain = meanPicture("plain");
    expect(brightness(meanPicture("glasses"), [14, 20], [8, 40])).not.toBeCloseTo(brightness(plain, [14, 20], [8, 40]), 0);
    expect(brightness(meanPicture("teeth"), [35, 39], [20, 28])).toBeGreaterThan(brightness(plain, [35, 39], [20, 28]) + 10);
    expect(brightness(meanPicture("beard"), [38, 46], [14, 34])).toBeLessThan(brightness(plain, [38, 46], [14, 34]) - 10);
    const eyesOf = (build: Build) => drawIdentity(build, new Random(16)).eyeY;
    expect(eyesOf("child")).toBeGreaterThan(eyesOf("adult"));
  });

  it("has five sub-classes", () => {
    expect(SUBCLASSES).toEqual(["plain", "glasses", "teeth", "child", "beard"]);
  });
});

function changed(a: Uint8Array, b: Uint8Array): number {
  return a.filter((value, i) => Math.abs(value - (b[i] as number)) > 3).length;
}

function meanPicture(subclass: Subclass): Float64Array {
  const random = new Random(17);
  const mean = new Float64Array(48 * 48);
  for (let k = 0; k < 40; k++) {
    const identity = drawIdentity(BUILD_OF[subclass], random);
    const moment = drawMoment(random, 0, subclass);
    const picture = renderFace(identity, { action: rest(), moment, nuisance: drawNuisance(random, 0) }, canvas, random);
    for (let i = 0; i < mean.length; i++) mean[i] = (mean[i] as number) + (picture[i] as number) / 40;
  }
  return mean;
}

/** Mean over rows and columns from … to (excluded). */
function brightness(picture: Float64Array, [top, bottom]: [number, number], [left, right]: [number, number]): number {
  let sum = 0;
  for (let row = top; row < bottom; row++) for (let column = left; column < right; column++) sum += picture[row * 48 + column] as number;
  return sum / ((bottom - top) * (right - left));
}
