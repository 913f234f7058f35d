import { z } from "@hono/zod-openapi";

const list = <T extends z.ZodType>(one: T) => z.array(one).readonly();
const number = z.number();

const problem = z.strictObject({ kind: z.string(), message: z.string(), hint: z.string().optional() });

const value = z.union([z.string(), number, z.boolean(), z.null()]);

export const record = z
  .strictObject({
    name: z.string(),
    state: z.enum(["starting", "running", "stopped", "finished", "failed"]),
    step: z.int(),
    steps: z.int(),
    epoch: z.int(),
    epochs: z.int(),
    loss: number.nullable(),
    best: z
      .strictObject({ metric: z.string(), value: number, step: z.int() })
      .nullable()
      .openapi({ description: "The best validation, in percent." }),
    secondsLeft: number.nullable(),
    changed: number.openapi({ description: "Milliseconds since 1970." }),
    checkpoint: number.nullable().openapi({ description: "When its last checkpoint was written; milliseconds since 1970." }),
    message: z.string().nullable(),
    problem: problem.nullable(),
  })
  .openapi("Run");

export const runs = z.strictObject({ folder: z.string(), runs: list(record) }).openapi("Runs");

export const oneRun = z
  .strictObject({
    run: record,
    settings: z.record(z.string(), value).openapi({ description: "By their dotted names: loss.sigma." }),
    data: z
      .strictObject({ pixels: z.string(), labels: z.string() })
      .nullable()
      .openapi({ description: "Digests of what it was trained on." }),
    weights: z.boolean().openapi({ description: "Whether a checkpoint was written, so that it can be measured." }),
  })
  .openapi("OneRun");

const column = list(number);

export const steps = z
  .strictObject({
    generation: z
      .int()
      .openapi({ description: "Another number whenever steps were dropped, as a resumed run drops those after its checkpoint." }),
    whole: z.boolean().openapi({ description: "Whether these are all steps, and not only those after the one that was asked for." }),
    metric: z.string().nullable(),
    step: column,
    epoch: column,
    loss: list(number.nullable()),
    learningRate: column,
    imagesPerSecond: column,
    validation: z.strictObject({ step: column, value: column, faces: list(number.nullable()) }),
  })
  .openapi("RunSteps");

export const field = z.strictObject({
  name: z.string(),
  text: z.string().nullable(),
  expected: z.string(),
  choices: list(z.string()).nullable(),
  value,
  main: z.boolean(),
});

export const fields = z.strictObject({ fields: list(field) }).openapi("RunSettings");

const typed = z
  .record(z.string().max(100), z.string({ error: "a text, as it is typed after semblant train" }).max(4096), {
    error: "settings by their dotted names, as texts",
  })
  .openapi({ description: "Settings by their dotted names, as they are typed after `semblant train`." });

export const settingsGiven = z.strictObject({ settings: typed }, { error: "an object with settings" });

export const start = z
  .strictObject(
    {
      name: z.string({ error: "a name" }).max(200).optional(),
      settings: typed,
      limitMinutes: z.number({ error: "a number of minutes above 0" }).positive({ error: "a number of minutes above 0" }).optional(),
    },
    { error: "an object with settings" },
  )
  .openapi("RunStart");

const measured = <T extends z.ZodType>(of: T) =>
  z.discriminatedUnion("state", [
    z.strictObject({ state: z.literal("none") }),
    z.strictObject({ state: z.literal("measuring"), says: z.string().nullable() }),
    z.strictObject({ state: z.literal("failed"), problem }),
    z.strictObject({
      state: z.literal("measured"),
      value: of,
      outdated: z.boolean().openapi({ description: "The weights are others by now." }),
    }),
  ]);

export const evaluation = measured(
  z
    .looseObject({})
    .openapi({ description: "What `semblant evaluate --json` prints, and `calibration`: the bins of a reliability diagram." }),
).openapi("RunEvaluation");

export const map = measured(
  z.strictObject({
    classes: list(z.string()),
    ids: list(z.string()),
    labels: column,
    moments: list(
      z.strictObject({ step: z.int(), positions: column.openapi({ description: "x and y of each face, one after the other." }) }),
    ),
  }),
).openapi("RunMap");
