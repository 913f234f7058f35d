import { type OpenAPIHono, z } from "@hono/zod-openapi";
import { answerJson, body, done, newResource, route } from "@semblant/api/internals";
import type { Lab } from "../../lab/load-lab.ts";
import type { KeptMeasures, Measured } from "./kept-measures.ts";
import type { RunRecord, RunRecords } from "./run-records.ts";
import { flattened, settingFields } from "./run-settings.ts";
import type { RunWatch } from "./run-watch.ts";
import { type FoundRun, runNamed } from "./runs-folder.ts";
import * as schemas from "./schemas.ts";
import { columnsAfter } from "./steps-reader.ts";
import type { Trainings } from "./trainings.ts";

/** What the routes are made over. */
export interface RunsHome {
  /** The folder of runs. */
  readonly folder: () => string;
  readonly lab: () => Promise<Lab>;
  readonly records: RunRecords;
  readonly trainings: Trainings;
  readonly measures: KeptMeasures;
  readonly watch: RunWatch;
}

const inPath = z.object({ run: z.string().openapi({ description: "The name of a run; / in it is written %2F." }) });
const tag = "runs";

/** /api/runs: training runs of a folder, their curves, what they are worth, and new ones. */
export function runRoutes(home: RunsHome): OpenAPIHono {
  const app = newResource();
  app.use("/runs/*", (_, next) => {
    home.watch.touch();
    return next();
  });
  lookingRoutes(app, home);
  trainingRoutes(app, home);
  measuringRoutes(app, home);
  return app;
}

function lookingRoutes(app: OpenAPIHono, { folder, records }: RunsHome): void {
  app.openapi(
    route("get", "/runs", { summary: "The runs of the folder, the newest first", tag, answer: { json: schemas.runs } }),
    async () => answerJson(schemas.runs, { folder: folder(), runs: (await records.list()).map(shown) }),
  );
  app.openapi(
    route("get", "/runs/{run}", {
      summary: "A run: how it stands, its settings, its data",
      tag,
      request: { params: inPath },
      answer: { json: schemas.oneRun },
      refuses: [404],
    }),
    async (c) => {
      const run = runNamed(folder(), c.req.valid("param").run);
      const { settings, data } = records.kept(run);
      return answerJson(schemas.oneRun, {
        run: shown(await records.of(run)),
        settings: Object.fromEntries(flattened(settings)),
        data,
        weights: records.hasWeights(run),
      });
    },
  );
  const asked = z.object({ after: z.coerce.number().int().min(0).default(0), generation: z.coerce.number().int().default(0) });
  app.openapi(
    route("get", "/runs/{run}/steps", {
      summary: "Curves of a run as columns: all, or what came after a step",
      tag,
      request: { params: inPath, query: asked },
      answer: { json: schemas.steps },
      refuses: [404],
    }),
    async (c) => {
      const { after, generation } = c.req.valid("query");
      const reader = records.reader(runNamed(folder(), c.req.valid("param").run));
      reader.look();
      const whole = after === 0 || generation !== reader.generation;
      const columns = whole ? reader.columns : columnsAfter(reader.columns, after);
      const loss = columns.loss.map((value) => (Number.isFinite(value) ? value : null));
      return answerJson(schemas.steps, { generation: reader.generation, whole, metric: reader.metric ?? null, ...columns, loss });
    },
  );
}

function trainingRoutes(app: OpenAPIHono, { folder, lab, records, trainings }: RunsHome): void {
  app.openapi(
    route("post", "/run-settings", {
      summary: "Every setting of a run with its range, and what holds when some are given",
      tag,
      request: { body: body(schemas.settingsGiven) },
      answer: { json: schemas.fields },
    }),
    async (c) => answerJson(schemas.fields, { fields: settingFields(await lab(), c.req.valid("json").settings) }),
  );
  app.openapi(
    route("post", "/runs", {
      summary: "Starts a training, as semblant train does, and does not wait for its end",
      tag,
      request: { body: body(schemas.start) },
      answer: { json: schemas.record },
      status: 202,
    }),
    async (c) => {
      const { name, settings, limitMinutes } = c.req.valid("json");
      const begun = await trainings.start({
        settings,
        ...(name !== undefined && { name }),
        ...(limitMinutes !== undefined && { limitMinutes }),
      });
      return answerJson(schemas.record, await recordOf(begun), 202);
    },
  );
  const acts = { params: inPath };
  app.openapi(
    route("post", "/runs/{run}/stop", {
      summary: "Asks a training to stop after its step; its checkpoint is kept",
      tag,
      request: acts,
      answer: { json: schemas.record },
      status: 202,
      refuses: [404],
    }),
    async (c) => {
      const { run } = c.req.valid("param");
      if (!trainings.stopStarting(run)) await trainings.stop(runNamed(folder(), run));
      return answerJson(schemas.record, await recordOf(run), 202);
    },
  );
  app.openapi(
    route("post", "/runs/{run}/resume", {
      summary: "Goes on with a run that stopped",
      tag,
      request: acts,
      answer: { json: schemas.record },
      status: 202,
      refuses: [404, 423],
    }),
    async (c) => {
      const run = runNamed(folder(), c.req.valid("param").run);
      await trainings.resume(run);
      return answerJson(schemas.record, await recordOf(run.name), 202);
    },
  );
  app.openapi(
    route("post", "/runs/{run}/dismiss", { summary: "Forgets why a training failed", tag, request: acts, answer: "nothing" }),
    async (c) => {
      trainings.dismiss(c.req.valid("param").run);
      return done();
    },
  );

  async function recordOf(name: string) {
    const found = (await records.list()).find((one) => one.name === name);
    return shown(found ?? (await records.of(runNamed(folder(), name))));
  }
}

function measuringRoutes(app: OpenAPIHono, { folder, measures }: RunsHome): void {
  const parts = [
    {
      part: "evaluation",
      schema: schemas.evaluation,
      of: (run: FoundRun) => measures.evaluation(run),
      start: (run: FoundRun) => measures.evaluate(run),
    },
    { part: "map", schema: schemas.map, of: (run: FoundRun) => measures.map(run), start: (run: FoundRun) => measures.addMoment(run) },
  ] as const;
  const summaries = {
    evaluation: ["What was measured of a run's best weights", "Measures a run's best weights, and does not wait for it"],
    map: ["How the map of a run's validation faces formed", "Adds the newest checkpoint to the map, and does not wait for it"],
  } as const;
  for (const { part, schema, of, start } of parts) {
    const request = { params: inPath };
    const [look, make] = summaries[part];
    app.openapi(route("get", `/runs/{run}/${part}`, { summary: look, tag, request, answer: { json: schema }, refuses: [404] }), async (c) =>
      answerJson(schema, measuredShown(of(runNamed(folder(), c.req.valid("param").run))) as never),
    );
    app.openapi(
      route("post", `/runs/{run}/${part}`, { summary: make, tag, request, answer: { json: schema }, status: 202, refuses: [404] }),
      async (c) => {
        const run = runNamed(folder(), c.req.valid("param").run);
        start(run);
        return answerJson(schema, measuredShown(of(run)) as never, 202);
      },
    );
  }
}

/** A record as JSON holds it. */
function shown({ failure, ...record }: RunRecord) {
  return { ...record, problem: failure === null ? null : inWords(failure) };
}

function measuredShown(measured: Measured<unknown>) {
  return measured.state === "failed" ? { state: "failed" as const, problem: inWords(measured.failure) } : measured;
}

/** An error as its sentence, and what to try. */
function inWords({ name, message }: Error): { kind: string; message: string; hint?: string } {
  const [first = "", ...advice] = message.split("\n").map((line) => line.trim());
  return { kind: name, message: first, ...(advice.length > 0 && { hint: advice.join("\n") }) };
}
