import { EngineError } from "@semblant/core";
import { native } from "../binding.ts";
import type { Device } from "../place.ts";

/** What carries numbers from process to process: Gloo between CPUs, NCCL between GPUs. */
export type ProcessGroupBackend = "gloo" | "nccl";

/**
 * Whether the addon was built with Gloo, so that processes can train together on CPUs.
 *
 * @throws EngineError if libtorch cannot be loaded
 * @example
 * typeof hasGloo(); // "boolean"
 */
export const hasGloo = (): boolean => native().backends().includes("gloo");

/** What carries numbers that lie there. */
export const backendFor = (device: Device): ProcessGroupBackend =>
  device !== "cpu" && native().backends().includes("nccl") ? "nccl" : "gloo";

const advice: Record<ProcessGroupBackend, string> = {
  gloo: "Debian, Ubuntu: apt-get install -y libgloo-dev && npx @semblant/torch build",
  nccl: "Build the addon against a libtorch with CUDA, where nccl.h and cuda_runtime_api.h are found, or take gloo.",
};

/** @throws EngineError if the addon was built without it */
export function checkBackend(backend: ProcessGroupBackend): void {
  if (native().backends().includes(backend)) return;
  throw new EngineError(`joinProcessGroup: expected an addon with ${backend}, but it was built without.\n  ${advice[backend]}`);
}
