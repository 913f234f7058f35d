import { useMemo } from "react";
import { useSearch } from "wouter";
import { MapIcon } from "../../design/icons/screens.tsx";
import { NoFaces } from "../../design/no-faces.tsx";
import { Empty, Problem, Waiting } from "../../design/states.tsx";
import { useLanguage, useWords } from "../../strings/language.ts";
import { count } from "../../strings/numbers.ts";
import "./map.css";
import { Explorer } from "./parts/explorer.tsx";
import { Making } from "./parts/making.tsx";
import { useFaceMap } from "./parts/use-face-map.ts";

/** Every face on a map: near where expressions are alike. `?face=12` looks at one, `?select=1,2,3` selects several. */
export default function MapScreen() {
  const { map: words } = useWords();
  const { language } = useLanguage();
  const found = useFaceMap();
  const faces = found.about.data?.faces ?? 0;
  return (
    <div className="screen map-screen">
      <header className="screen-head">
        <h1>{words.title}</h1>
        {faces > 0 && <span className="soft">{words.faces(count(faces, language))}</span>}
        {faces > 0 && <p className="soft map-about">{words.about}</p>}
      </header>
      <Body {...found} />
    </div>
  );
}

function Body({ about, faces, keeper, map }: ReturnType<typeof useFaceMap>) {
  const { map: words } = useWords();
  const named = useNamed();
  const error = about.error ?? faces.error;
  if (error !== null) return <Problem error={error} onRetry={() => void (about.error ? about : faces).refetch()} />;
  if (about.data === undefined) return <Waiting />;
  if (about.data.faces === 0) {
    return <NoFaces icon={<MapIcon />} lead={words.none} />;
  }
  if (map === undefined || keeper === undefined) return <Waiting />;
  const { positions } = map;
  if (map.faces.id.length < 4) {
    return (
      <Empty icon={<MapIcon />} title={words.few}>
        <p>{words.fewWhy}</p>
      </Empty>
    );
  }
  if (positions === undefined) return <Making map={map} onPause={() => keeper.pause()} onResume={() => keeper.resume()} />;
  return (
    <Explorer
      map={{ ...map, positions }}
      keeper={keeper}
      kinds={about.data.model?.kinds ?? noKinds}
      readonly={about.data.readonly}
      title={about.data.name}
      named={named}
    />
  );
}

const noKinds: readonly number[] = [];

/** What the address asks to see. */
function useNamed(): { readonly face?: number | undefined; readonly group?: readonly number[] | undefined } {
  const search = useSearch();
  return useMemo(() => {
    const given = new URLSearchParams(search);
    const ids = (given.get("select") ?? "").split(",").filter((id) => /^\d{1,15}$/.test(id));
    const face = given.get("face") ?? "";
    return { face: /^\d{1,15}$/.test(face) ? Number(face) : undefined, group: ids.length > 0 ? ids.map(Number) : undefined };
  }, [search]);
}
