import { useQuery } from "@tanstack/react-query";
import { useEffect, useState, useSyncExternalStore } from "react";
import { ask } from "../../../client/api.ts";
import { useAbout } from "../../../client/library.ts";
import { keys } from "../../../client/query-client.ts";
import { MapKeeper } from "../keeping/map-keeper.ts";
import { reader } from "../keeping/reader.ts";

/** Every face of the library and where it is on the map. */
export function useFaceMap() {
  const about = useAbout();
  const faces = useQuery({
    queryKey: [...keys.faces, "columns"],
    queryFn: async ({ signal }) => reader().faces(await (await ask("/faces", { signal })).arrayBuffer()),
    enabled: (about.data?.faces ?? 0) > 0,
  });
  const [keeper, setKeeper] = useState<MapKeeper>();
  useEffect(() => {
    const made = new MapKeeper();
    setKeeper(made);
    return () => made.close();
  }, []);
  const { name, version } = about.data?.model ?? {};
  useEffect(() => {
    if (faces.data !== undefined && name !== undefined) keeper?.take(faces.data, `${name} ${version}`);
  }, [keeper, faces.data, name, version]);
  const map = useSyncExternalStore(keeper?.subscribe ?? nothing, keeper?.snapshot ?? (() => undefined));
  return { about, faces, keeper, map };
}

const nothing = () => () => {};
