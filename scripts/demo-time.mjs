// How long the demo takes on this machine: `node scripts/demo-time.mjs THREADS name=value ...` makes some steps of the training that the
// settings describe, throws them away, and prints the seconds for all of it. It runs the built packages, so set-up comes first.

import { setThreads } from "@semblant/torch";
import { buildTraining, generateFaces, resolveSettings, subset, train } from "@semblant/training";

const trialFaces = 240;
const mostSteps = 40;
const mostSeconds = 5;
/** A pass forward, without gradients, as a share of a step. */
const forward = 1 / 3;
/** What measuring and drawing the report cost beside embedding, in faces drawn. */
const report = 2000;

const [threads, ...overrides] = process.argv.slice(2);
setThreads(Number(threads));
const settings = resolveSettings({}, overrides);

const [faces, drawing] = timed(() => generateFaces({ count: trialFaces }));
const trial = buildTraining(settings, { ...faces, validation: subset(faces.validation, []) });
const steps = train({ ...trial, steps: mostSteps });
const times = [];
for (let spent = 0; times.length < 3 || spent < mostSeconds; ) {
  const [{ done }, seconds] = timed(() => steps.next());
  if (done) break;
  times.push(seconds);
  spent += seconds;
}
const later = times.slice(times.length >> 1).sort((a, b) => a - b); // the first ones warm up
const step = later[later.length >> 1];

const { count } = settings.data;
const parts = { train: 0.7 * count, validation: 0.1 * count, test: 0.2 * count };
const batch = settings.perClass * faces.classes.length;
const validations = settings.steps / Math.ceil(parts.train / batch) / settings.validation.every;
const embedded = validations * (Math.min(settings.validation.gallery, parts.train) + parts.validation) + parts.train + parts.test;
const drawn = 2 * count + report; // to train, and once more to measure
console.log(Math.round(settings.steps * step + ((forward * step) / batch) * embedded + (drawn * drawing) / trialFaces));

function timed(work) {
  const began = performance.now();
  const result = work();
  return [result, (performance.now() - began) / 1000];
}
