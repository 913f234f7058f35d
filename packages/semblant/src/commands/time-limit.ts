import type { Dataset, Settings } from "@semblant/training";
import type { Engine } from "../engine.ts";

const measuredSteps = 4;
const validations = 6;
/** What reading, measuring, checkpoints and a busier machine take. */
const reserve = 0.85;

/**
 * The settings with as many steps as fit into the time, at most those asked for: a few steps of the same training, made and
 * thrown away, say how long one takes. The schedule then spans what fits, so that a short run ends with a low rate too.
 */
export function squeeze(engine: Engine, settings: Settings, data: Dataset, minutes: number): Settings {
  const times: number[] = [];
  const trial = engine.buildTraining(settings, { ...data, validation: engine.subset(data.validation, []) });
  const steps = engine.train({ ...trial, steps: measuredSteps });
  for (let began = performance.now(); ; began = performance.now()) {
    if (steps.next().done) break;
    times.push((performance.now() - began) / 1000);
  }
  trial.network.dispose();
  const step = Math.min(...times.slice(1));
  const images = imagesOfStep(settings, data);
  const gallery = Math.min(settings.validation.gallery, data.train.images.count);
  const validation = (step / images / 3) * (gallery + data.validation.images.count); // forward is a third of a step
  const fits = Math.max(1, Math.floor((60 * minutes * reserve - validations * validation) / step));
  const epoch = Math.max(1, Math.round(data.train.images.count / images));
  const wanted = settings.steps ?? settings.epochs * epoch;
  if (wanted <= fits) return settings;
  return {
    ...settings,
    steps: fits,
    validation: { ...settings.validation, every: Math.max(settings.validation.every, Math.round(fits / epoch / validations)) },
  };
}

function imagesOfStep({ sampler, perClass, batch }: Settings, data: Dataset): number {
  if (sampler === "balanced") return perClass * data.classes.length;
  return sampler === "triplets" ? 3 * batch : batch;
}
