import { sameFaceOf } from "@semblant/answers/internals";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { api } from "../../../client/api.ts";
import { useDocument } from "../../../client/documents.ts";
import { useFaceColumns, usePhotos } from "../../../client/photos.ts";
import { keys } from "../../../client/query-client.ts";
import type { Photo } from "../../../client/shapes.ts";
import { type VotedFace, type Votes, votesIn } from "./votes.ts";

/** A face of the library, in the order in which faces are voted on. */
export interface Ballot {
  readonly face: number;
  readonly photo: number;
}

/** The faces of the library, and the votes on each by its id now. */
export function useVotes() {
  const document = useDocument<unknown>("votes");
  const photos = usePhotos();
  const faces = useFaceColumns();
  const votes = useMemo(() => votesIn(document.value), [document.value]);
  const columns = faces.data?.columns;
  const ballots = useMemo(() => columns?.id.map((face, i): Ballot => ({ face, photo: columns.photo[i] as number })) ?? [], [columns]);
  const versions = useMemo(() => {
    const { id = [], version = [] } = photos.data?.columns ?? {};
    return new Map(id.map((one, i) => [one, version[i] as string]));
  }, [photos.data]);
  const photoOf = useMemo(() => new Map(ballots.map(({ face, photo }) => [face, photo])), [ballots]);

  const isHere = ({ face, version }: VotedFace) => versions.get(photoOf.get(face) ?? -1) === version;
  const moved = votes.faces.filter((one) => !isHere(one));
  const isReady = faces.data !== undefined && photos.data !== undefined;
  const found = useQuery({
    queryKey: [...keys.faces, "moved votes", faces.data?.revision, moved.map(({ version, box }) => [version, ...box].join())],
    queryFn: ({ signal }) => findMoved(moved, versions, signal),
    enabled: isReady && moved.length > 0,
  });
  const byFace = new Map<number, VotedFace>();
  for (const one of votes.faces) {
    const face = isHere(one) ? one.face : found.data?.get(one);
    if (face !== undefined) byFace.set(face, one);
  }
  const alone = useMemo(() => {
    const { version = [], faces: counts = [] } = photos.data?.columns ?? {};
    return new Map(version.map((one, i) => [one, counts[i] === 1]));
  }, [photos.data]);
  return {
    votes,
    ballots,
    byFace,
    /** Voted faces that are in no photo here now. */
    gone: isReady && !found.isFetching ? votes.faces.length - byFace.size : 0,
    isAlone: (version: string) => alone.get(version) === true,
    isPending: document.isPending || faces.isPending || photos.isPending,
    error: document.error ?? faces.error ?? photos.error,
  };
}

/** Faces whose ids are others than when they were voted on: looked for in photos of the same content, where their boxes are. */
async function findMoved(
  moved: Votes["faces"],
  versions: ReadonlyMap<number, string>,
  signal: AbortSignal,
): Promise<Map<VotedFace, number>> {
  const photoOf = new Map([...versions].map(([photo, version]) => [version, photo]));
  const found = new Map<VotedFace, number>();
  for (const version of new Set(moved.map((one) => one.version))) {
    const photo = photoOf.get(version);
    if (photo === undefined) continue;
    const there = moved.filter((one) => one.version === version);
    const { faces } = await api<Photo>(`/photos/${photo}`, { signal });
    const boxes = faces.map(({ face, box }) => ({ id: face, box }));
    for (const one of there) {
      const [x, y, width, height] = one.box;
      const face = sameFaceOf({ x, y, width, height }, boxes);
      if (face !== undefined) found.set(one, face);
    }
  }
  return found;
}
