import { z } from "@hono/zod-openapi";
import { list } from "./words.ts";

export const verdicts = ["named", "corrected", "unsure", "none of these", "turned"] as const;

export const box = z.strictObject({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }).openapi("Box");

const verdict = z.enum(verdicts).openapi({
  description:
    "named; unsure (torn between several); none of these (unlike what the model has seen); " +
    "turned (not to be righted); corrected (by a person).",
});

/** A face as answers name it. */
export const lookedFields = {
  face: z.int().openapi({ description: "Its id." }),
  photo: z.int(),
  path: z.string(),
  box,
  expression: z.string().openapi({ description: "Corrected to, or else the most probable class, whatever the verdict." }),
  probability: z.number(),
  verdict,
};

export const lookedAt = z.strictObject(lookedFields).openapi("LookedAt");

export const quality = z
  .strictObject({
    side: z.number(),
    sharpness: z.number(),
    yaw: z.number(),
    pitch: z.number(),
    roll: z.number(),
    eyesOpen: z.number().optional(),
    mouthOpen: z.number().optional(),
  })
  .openapi("FaceQuality");

/** A face of a photo, with everything that is known of it. */
export const looked = z
  .strictObject({
    ...lookedFields,
    looks: z.string().openapi({ description: "In words: happy-looking, unsure, none of these, turned." }),
    score: z.number(),
    quality,
    distribution: list(z.number()).openapi({ description: "P(class), in the order of the model's classes." }),
    subclass: z.int().openapi({ description: "A row of the model's kinds, or -1." }),
    logDensity: z.number(),
    label: z.string().optional(),
    together: list(z.int()),
    apart: list(z.int()),
  })
  .openapi("Face");

export const faceColumns = z
  .strictObject({
    revision: z.number(),
    count: z.int(),
    expressions: list(z.string()).openapi({ description: "The model's classes, and labels that are none of them." }),
    verdicts: list(z.enum(verdicts)),
    columns: z.strictObject({
      id: list(z.int()),
      photo: list(z.int()),
      expression: list(z.int()).openapi({ description: "An index into expressions." }),
      probability: list(z.number()).openapi({ description: "Of that expression, to three digits." }),
      verdict: list(z.int()).openapi({ description: "An index into verdicts." }),
      subclass: list(z.int()).openapi({ description: "A row of the model's kinds, or -1." }),
      corrected: list(z.int()).openapi({ description: "1 where a person gave the expression." }),
      together: list(z.int()).openapi({
        description: "The least id of those that a person put together with it, itself too; 0 where none.",
      }),
    }),
  })
  .openapi("FaceColumns");

const point = z.strictObject({ x: z.number(), y: z.number() });

/** A picture that is not in the library. */
export const lookedPicture = z
  .strictObject({
    width: z.int(),
    height: z.int(),
    classes: list(z.string()),
    faces: list(
      z.strictObject({
        box,
        score: z.number(),
        landmarks: z.strictObject({ leftEye: point, rightEye: point, mouth: point, nose: point }),
        quality,
        embedding: list(z.number()).openapi({ description: "By the library's model: POST /api/search takes it." }),
        distribution: list(z.number()),
        expression: z.string(),
        probability: z.number(),
        verdict: z.enum(["named", "unsure", "none of these", "turned"]),
        looks: z.string(),
        logDensity: z.number(),
      }),
    ),
    remark: z.string().optional(),
  })
  .openapi("LookedPicture");
