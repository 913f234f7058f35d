import { useEffect, useMemo, useState } from "react";
import { Confirm } from "../../../design/dialog.tsx";
import { Problem } from "../../../design/states.tsx";
import { useLanguage, useWords } from "../../../strings/language.ts";
import { type Coloring, colored, coloringsOf } from "../data/coloring.ts";
import type { MapFaces } from "../data/faces.ts";
import type { FaceMap, MapKeeper } from "../keeping/map-keeper.ts";
import { ellipsesOf } from "../plane/ellipse.ts";
import type { Scene } from "../stage/scene.ts";
import type { Stage } from "../stage/stage.ts";
import { Group } from "./group.tsx";
import { Legend } from "./legend.tsx";
import { Making } from "./making.tsx";
import { Neighbors, useNeighbors } from "./neighbors.tsx";
import { Plane } from "./plane.tsx";
import { Summary } from "./summary.tsx";
import { Toolbar } from "./toolbar.tsx";
import { useExports } from "./use-exports.ts";
import { entryInWords } from "./words.ts";

export interface ExplorerProps {
  readonly map: FaceMap & { readonly positions: Float32Array };
  readonly keeper: MapKeeper;
  /** The class of each sub-class of the model. */
  readonly kinds: readonly number[];
  readonly readonly: boolean;
  readonly title: string;
  /** Faces that the address names: one to look at, or a group. */
  readonly named: { readonly face?: number | undefined; readonly group?: readonly number[] | undefined };
}

/** The map and all that can be done with it. */
export function Explorer({ map, keeper, kinds, readonly, title, named }: ExplorerProps) {
  const words = useWords();
  const { faces } = map;
  const [coloring, setColoring] = useState<Coloring>("expression");
  const [show, setShow] = useState<Scene["show"]>("near");
  const [off, setOff] = useState<ReadonlySet<string>>(new Set());
  const [ellipses, setEllipses] = useState(true);
  const [lassoes, setLassoes] = useState(false);
  const [asksAnew, askAnew] = useState(false);
  const [stage, setStage] = useState<Stage>();
  const rowOf = useMemo(() => rowsByFace(faces), [faces]);
  const [face, setFace] = useState(named.face);
  const [group, setGroup] = useState(named.group);
  const row = face === undefined ? undefined : rowOf(face);
  const rows = useMemo(() => group?.flatMap((id) => rowOf(id) ?? []), [group, rowOf]);
  const neighbors = useNeighbors(row === undefined ? undefined : face);
  const { scene, hasClasses } = useScene({ map, kinds, coloring, show, off, ellipses, row, rows, hits: neighbors.data, rowOf });
  const files = useExports({ faces, scene, stage, title, coloring });

  const press = (pressed: number | undefined) => setFace(pressed === undefined ? undefined : faces.id[pressed]);
  const select = (chosen: readonly number[]) => {
    setGroup(chosen.map((one) => faces.id[one] as number));
    setLassoes(false);
  };
  const changeColoring = (next: Coloring) => {
    setColoring(next);
    setOff(new Set());
  };
  useEffect(() => {
    if (stage !== undefined && row !== undefined) stage.reveal(row);
  }, [stage, row]);

  return (
    <>
      <Toolbar
        colorings={useMemo(() => coloringsOf(faces), [faces])}
        coloring={coloring}
        onColoring={changeColoring}
        show={show}
        onShow={setShow}
        ellipses={ellipses}
        onEllipses={hasClasses ? setEllipses : undefined}
        lassoes={lassoes}
        onLassoes={setLassoes}
        files={files}
      />
      <Making map={map} onPause={() => keeper.pause()} onResume={() => keeper.resume()} />
      {files.error !== undefined && <Problem error={files.error} />}
      <div className="map-body">
        <Plane faces={faces} scene={scene} lassoes={lassoes} onStage={setStage} onPress={press} onLasso={select} />
        <div className="map-side">
          {rows !== undefined && (
            <Group
              faces={faces}
              rows={rows}
              readonly={readonly}
              onFace={press}
              onExport={() => files.csvOf(rows)}
              onClose={() => setGroup(undefined)}
            />
          )}
          {row !== undefined && <Neighbors faces={faces} row={row} rowOf={rowOf} onFace={press} onClose={() => setFace(undefined)} />}
          <Legend
            entries={scene.entries}
            names={scene.names}
            off={off}
            onOff={setOff}
            onSelect={(line) => select(rowsOfLine(scene.groups, line))}
          />
          <Summary map={map} scene={scene} hasEllipses={ellipses && hasClasses} onAnew={() => askAnew(true)} />
        </div>
      </div>
      <Confirm
        title={words.map.anew}
        action={words.map.anew}
        isOpen={asksAnew}
        onClose={() => askAnew(false)}
        onConfirm={() => keeper.anew(map.seed + 1)}
      >
        {words.map.anewWhy}
      </Confirm>
    </>
  );
}

function rowsByFace(faces: MapFaces): (face: number) => number | undefined {
  let rows: Map<number, number> | undefined;
  return (face) => {
    rows ??= new Map(Array.from(faces.id, (id, row) => [id, row]));
    return rows.get(face);
  };
}

function rowsOfLine(groups: Uint8Array, line: number): number[] {
  const rows: number[] = [];
  for (let row = 0; row < groups.length; row++) if (groups[row] === line) rows.push(row);
  return rows;
}

interface Shown extends Pick<Scene, "show" | "off"> {
  readonly map: ExplorerProps["map"];
  readonly kinds: readonly number[];
  readonly coloring: Coloring;
  readonly ellipses: boolean;
  readonly row: number | undefined;
  readonly rows: readonly number[] | undefined;
  readonly hits: readonly { readonly face: number }[] | undefined;
  readonly rowOf: (face: number) => number | undefined;
}

/** What the map shows, made anew only where something of it changed. */
function useScene({ map, kinds, coloring, show, off, ellipses, row, rows, hits, rowOf }: Shown): { scene: Scene; hasClasses: boolean } {
  const words = useWords();
  const { language } = useLanguage();
  const { faces, positions, state } = map;
  const { entries, groups } = useMemo(() => colored(faces, coloring, kinds), [faces, coloring, kinds]);
  const hasClasses = entries.some(({ isClass }) => isClass);
  const names = useMemo(() => entries.map(({ name }) => entryInWords(name, words, language)), [entries, words, language]);
  const moving = state === "making";
  const drawn = useMemo(() => {
    if (!ellipses || !hasClasses || moving) return [];
    const found = ellipsesOf(positions, groups, entries.length);
    return entries.map(({ isClass }, line) => (isClass ? found[line] : undefined));
  }, [ellipses, hasClasses, moving, positions, groups, entries]);
  const chosen = useMemo(() => {
    if (rows === undefined || rows.length === 0) return undefined;
    const marks = new Uint8Array(faces.id.length);
    for (const one of rows) marks[one] = 1;
    return marks;
  }, [rows, faces]);
  const scene = useMemo((): Scene => {
    const neighbors = hits?.flatMap(({ face }) => rowOf(face) ?? []) ?? [];
    return { id: faces.id, positions, entries, groups, off, ellipses: drawn, names, show, chosen, focus: row, neighbors, moving };
  }, [faces, positions, entries, groups, off, drawn, names, show, chosen, row, hits, rowOf, moving]);
  return { scene, hasClasses };
}
