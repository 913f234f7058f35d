import type { Dataset } from "@semblant/datasets";
import { subset } from "@semblant/datasets";
import type { ProcessGroup } from "@semblant/torch";
import { buildTraining, train } from "@semblant/training";
import { ofRank0 } from "@semblant/training/internals";
import type { Settings } from "@semblant/training/settings";
import { toBuild } from "./ranks.ts";

const leastTrialSteps = 3;
const mostTrialSteps = 40;
const trialSeconds = 4;
/** What checkpoints and a busier machine take. */
const reserve = 0.85;
/** Validation has at most this share of the time, and happens at most so often. */
const validationShare = 0.15;
const mostValidations = 8;

/**
 * The settings with as many steps as fit into so many seconds, at most those asked for: a few steps of the same training, made and
 * thrown away, say how long one takes. The schedule then spans what fits, so that a short run ends with a low rate too. Of several ranks
 * rank 0 measures for all.
 */
export function squeeze(
  settings: Settings,
  data: Dataset,
  { seconds, group }: { seconds: number; group?: ProcessGroup | undefined },
): Settings {
  const began = performance.now();
  const step = timeOfStep(settings, data, { most: Math.min(trialSeconds, seconds / 8), group });
  const images = imagesOfStep(settings, data);
  const gallery = Math.min(settings.validation.gallery, data.train.images.count);
  const validation = (step / images / 3) * (gallery + data.validation.images.count); // forward is a third of a step
  const left = reserve * (seconds - (performance.now() - began) / 1000);
  const validations = Math.min(mostValidations, Math.max(1, Math.floor((validationShare * left) / validation)));
  const fits = ofRank0(group, "steps", () => Math.max(1, Math.floor((left - validations * validation) / step)));
  const epoch = Math.max(1, Math.ceil(data.train.images.count / images));
  if ((settings.steps ?? settings.epochs * epoch) <= fits) return settings;
  const every = ofRank0(group, "validation", () => Math.max(settings.validation.every, Math.ceil(fits / epoch / validations)));
  return { ...settings, steps: fits, validation: { ...settings.validation, every } };
}

/** Seconds: the middle of the later half of some steps, as many as `most` seconds allow; the first ones warm up. */
function timeOfStep(settings: Settings, data: Dataset, { most, group }: { most: number; group: ProcessGroup | undefined }): number {
  const trial = buildTraining(toBuild(group, settings), { ...data, validation: subset(data.validation, []) });
  const enough = new AbortController();
  const times: number[] = [];
  const began = performance.now();
  let last = began;
  for (const _ of train({ ...trial, steps: mostTrialSteps, signal: enough.signal, ...(group && { group }) })) {
    const now = performance.now();
    times.push((now - last) / 1000);
    last = now;
    if (times.length < leastTrialSteps || now - began <= 1000 * most) continue;
    if (group === undefined) break;
    enough.abort(); // ranks end after the same step
  }
  trial.network.dispose();
  const later = times.slice(times.length >> 1).sort((a, b) => a - b);
  return later[later.length >> 1] as number;
}

function imagesOfStep({ sampler, perClass, batch }: Settings, data: Dataset): number {
  if (sampler === "balanced" || sampler === "square-root") return perClass * data.classes.length;
  return sampler === "triplets" ? 3 * batch : batch;
}
