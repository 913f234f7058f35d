import { invalidOption } from "@semblant/core/internals";
import { engine } from "@semblant/torch";
import type { Settings } from "../settings/setting-types.ts";

/** What the network computes in; losses, weights and everything measured stay in float32. */
export type Precision = "bfloat16" | "float32";

/**
 * `auto` as what it means on a device: bfloat16 where that is fast, float32 elsewhere.
 *
 * @param device as {@link resolveDevice} gives it
 * @param fast the devices on which bfloat16 is fast
 */
export function resolvePrecision(
  precision: Settings["precision"],
  device = resolveDevice("auto"),
  fast: readonly string[] = engine().bfloat16On,
): Precision {
  if (precision !== "auto") return precision;
  return fast.includes(device) ? "bfloat16" : "float32";
}

/**
 * `auto` as what it means here: the first GPU, or the CPU.
 *
 * @throws OptionError if a GPU is named that libtorch does not have
 */
export function resolveDevice(device: string): string {
  const { devices, cuda } = engine();
  if (device === "auto") return cuda ? "cuda:0" : "cpu";
  const named = device === "cuda" ? "cuda:0" : device;
  if (!devices.includes(named)) throw invalidOption("settings", "device", `one of ${devices.join(", ")}, which libtorch has here`, device);
  return named;
}
