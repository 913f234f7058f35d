export * from "./losses/loss-settings.ts";
export * from "./networks/architectures.ts";
export type { NetworkSettings } from "./networks/network-settings.ts";
export * from "./settings/open-data.ts";
export * from "./settings/presets.ts";
export * from "./settings/setting-types.ts";
export * from "./settings/setting-types.ts";
export * from "./settings/settings.ts";
