// Kernels for pixels: a module of its own, with memory of its own, since they work for one thread. Each takes the address of its task;
// the doors in packages/faces/src/align/ lay tasks out and call them by name.

export { cutBetween, cutTurned, cutUpright } from "./pictures/cut";
export { planesOf } from "./pictures/planes";
export { resizeRow } from "./pictures/resize";
