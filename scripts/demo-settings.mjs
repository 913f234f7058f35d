// What the demo trains: one place for the demo itself, for its estimate of time, and for the experiment that measures it.

/** So many steps, whatever the machine: a time limit would end a slow machine's training before it is good. */
export const demoSteps = 1000;

/** ResNet18 at a quarter of its width, on faces that are drawn: so many that they need no augmentation, with which few steps learn less. */
export const demoSettings = [
  "data.count=8000",
  "network.stem=3x3-pool",
  "network.width=16",
  "perClass=10",
  "loss.leaveOneOut=true",
  "augmentation=none",
  "validation.gallery=1000",
  "validation.every=2",
];
