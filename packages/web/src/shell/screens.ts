import { type ComponentType, lazy } from "react";
import type { IconProps } from "../design/icons/icon.tsx";
import { AlbumIcon, GroupsIcon, LabelsIcon, LiveIcon, MapIcon, PhotosIcon, RunsIcon, SearchIcon } from "../design/icons/screens.tsx";
import type { Words } from "../strings/language.ts";

type ScreenName = "photos" | "map" | "search" | "groups" | "album" | "labels" | "runs" | "live";

/** The eight screens, in the order of the navigation. The first four stand in the bar of a phone, the rest behind "More". */
export const screens: readonly { readonly name: ScreenName; readonly Icon: ComponentType<IconProps>; readonly also?: string }[] = [
  { name: "photos", Icon: PhotosIcon },
  { name: "map", Icon: MapIcon },
  { name: "search", Icon: SearchIcon },
  { name: "groups", Icon: GroupsIcon },
  { name: "album", Icon: AlbumIcon, also: "/best" },
  { name: "labels", Icon: LabelsIcon, also: "/adapt" },
  { name: "runs", Icon: RunsIcon },
  { name: "live", Icon: LiveIcon },
];

/** What a screen is called. */
export const titleOf = (name: ScreenName, words: Words): string => words[name].title;

/** What stands at each address; each its own file, loaded when it is first opened. */
export const routes = [
  { path: "/photos/*?", Screen: lazy(() => import("../screens/photos/index.tsx")) },
  { path: "/map/*?", Screen: lazy(() => import("../screens/map/index.tsx")) },
  { path: "/search/*?", Screen: lazy(() => import("../screens/search/index.tsx")) },
  { path: "/groups/*?", Screen: lazy(() => import("../screens/groups/index.tsx")) },
  { path: "/album/*?", Screen: lazy(() => import("../screens/album/index.tsx")) },
  { path: "/best/*?", Screen: lazy(() => import("../screens/best/index.tsx")) },
  { path: "/labels/*?", Screen: lazy(() => import("../screens/labels/index.tsx")) },
  { path: "/adapt/*?", Screen: lazy(() => import("../screens/adapt/index.tsx")) },
  { path: "/runs/*?", Screen: lazy(() => import("../screens/runs/index.tsx")) },
  { path: "/live/*?", Screen: lazy(() => import("../screens/live/index.tsx")) },
  { path: "/about/*?", Screen: lazy(() => import("../screens/about/index.tsx")) },
] as const;
