import { useQuery } from "@tanstack/react-query";
import { api } from "../../../client/api.ts";
import { keys } from "../../../client/query-client.ts";
import { IconButton, LinkButton } from "../../../design/button.tsx";
import { FaceGrid } from "../../../design/face-grid.tsx";
import { CloseIcon } from "../../../design/icons/signs.tsx";
import { Problem, Waiting } from "../../../design/states.tsx";
import { FaceThumb } from "../../../design/thumbs.tsx";
import { useLanguage, useWords } from "../../../strings/language.ts";
import type { MapFaces } from "../data/faces.ts";
import { faceInWords } from "./words.ts";

export interface Hit {
  readonly face: number;
  readonly alike?: "very alike" | "alike" | "somewhat alike" | "not alike";
}

/** Neighbours that are shown. */
const K = 12;

/** The nearest faces in the embedding, which the map can tear apart. */
export const useNeighbors = (face: number | undefined) =>
  useQuery({
    queryKey: keys.question("search", { face, k: K }),
    queryFn: async ({ signal }) =>
      (await api<{ readonly hits: readonly Hit[] }>("/search", { method: "POST", body: { face, k: K }, signal })).hits,
    enabled: face !== undefined,
  });

export interface NeighborsProps {
  readonly faces: MapFaces;
  readonly row: number;
  readonly rowOf: (face: number) => number | undefined;
  readonly onFace: (row: number) => void;
  readonly onClose: () => void;
}

/** A face and those most like it. */
export function Neighbors({ faces, row, rowOf, onFace, onClose }: NeighborsProps) {
  const words = useWords();
  const { language } = useLanguage();
  const face = faces.id[row] as number;
  const { data: hits, error, refetch } = useNeighbors(face);
  const nameOf = (hit: Hit) => {
    const at = rowOf(hit.face);
    return at === undefined ? words.map.face : faceInWords(faces, at, words, language);
  };
  return (
    <section className="card stack tight" aria-label={words.map.selected}>
      <div className="map-face">
        <FaceThumb face={face} alt="" />
        <div>
          <h2>{words.map.selected}</h2>
          <p>{faceInWords(faces, row, words, language)}</p>
        </div>
        <IconButton label={words.map.close} icon={<CloseIcon />} onPress={onClose} />
      </div>
      <div className="row tight">
        <LinkButton href={`/photos/${faces.photo[row]}`}>{words.map.openPhoto}</LinkButton>
        <LinkButton href={`/search?face=${face}`}>{words.map.moreLike}</LinkButton>
      </div>
      <h3>{words.map.neighbors}</h3>
      <p className="soft">{words.map.neighborsWhy}</p>
      {error !== null ? (
        <Problem error={error} onRetry={() => void refetch()} />
      ) : hits === undefined ? (
        <Waiting />
      ) : (
        <FaceGrid
          label={words.map.neighbors}
          faces={hits.map((hit) => ({
            id: hit.face,
            name: nameOf(hit),
            caption: hit.alike === undefined ? undefined : words.map.alike[hit.alike],
          }))}
          onOpen={(id) => {
            const at = rowOf(id);
            if (at !== undefined) onFace(at);
          }}
        />
      )}
    </section>
  );
}
