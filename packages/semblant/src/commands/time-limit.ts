import type { Dataset, Settings } from "@semblant/training";
import type { Engine } from "../engine.ts";

const measuredSteps = 4;
/** What checkpoints and a busier machine take. */
const reserve = 0.85;
/** Validation has at most this share of the time, and happens at most so often. */
const validationShare = 0.15;
const mostValidations = 8;

/**
 * The settings with as many steps as fit into so many seconds, at most those asked for: a few steps of the same training, made and
 * thrown away, say how long one takes. The schedule then spans what fits, so that a short run ends with a low rate too.
 */
export function squeeze(engine: Engine, settings: Settings, data: Dataset, seconds: number): Settings {
  const began = performance.now();
  const times: number[] = [];
  const trial = engine.buildTraining(settings, { ...data, validation: engine.subset(data.validation, []) });
  const steps = engine.train({ ...trial, steps: measuredSteps });
  for (let last = performance.now(); !steps.next().done; last = performance.now()) {
    times.push((performance.now() - last) / 1000);
  }
  trial.network.dispose();
  const step = times.slice(1).sort((a, b) => a - b)[1] as number; // the middle of three; the first warms up
  const images = imagesOfStep(settings, data);
  const gallery = Math.min(settings.validation.gallery, data.train.images.count);
  const validation = (step / images / 3) * (gallery + data.validation.images.count); // forward is a third of a step
  const left = reserve * (seconds - (performance.now() - began) / 1000);
  const validations = Math.min(mostValidations, Math.max(1, Math.floor((validationShare * left) / validation)));
  const fits = Math.max(1, Math.floor((left - validations * validation) / step));
  const epoch = Math.max(1, Math.ceil(data.train.images.count / images));
  if ((settings.steps ?? settings.epochs * epoch) <= fits) return settings;
  const every = Math.max(settings.validation.every, Math.ceil(fits / epoch / validations));
  return { ...settings, steps: fits, validation: { ...settings.validation, every } };
}

function imagesOfStep({ sampler, perClass, batch }: Settings, data: Dataset): number {
  if (sampler === "balanced") return perClass * data.classes.length;
  return sampler === "triplets" ? 3 * batch : batch;
}
