export type { Box, Picture, Point } from "./picture.ts";
export type { NetworkTensor, Runtime, Session } from "./runtime.ts";
