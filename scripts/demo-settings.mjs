// What the demo trains: one place for the demo itself, for its estimate of time, and for the experiment that measures it.

/** So many steps, whatever the machine: a time limit would end a slow machine's training before it is good. */
export const demoSteps = 1000;

/** ResNet18 at a quarter of its width, on small batches: many steps in the time. */
export const demoSettings = [
  "network.stem=3x3-pool",
  "network.baseChannels=16",
  "perClass=10",
  "loss.leaveOneOut=true",
  "validation.gallery=1000",
  "validation.every=2",
];

/** Of generated faces there are as many as one likes: so many that they need no augmentation, under which a short training learns slowly. */
export const generatedSettings = ["data.count=12000", "augmentation=none"];
