/** Images of the training step that is timed. */
export const timedBatch = 64;
