import { useRef, useState } from "react";
import { correct, useClasses, withdraw } from "../../../client/library.ts";
import { keys, queryClient } from "../../../client/query-client.ts";
import { Button, IconButton, LinkButton } from "../../../design/button.tsx";
import { ClassMark } from "../../../design/classes.tsx";
import { FaceGrid } from "../../../design/face-grid.tsx";
import { CloseIcon } from "../../../design/icons/signs.tsx";
import { notify } from "../../../design/notices.tsx";
import { Progress } from "../../../design/progress.tsx";
import { Select } from "../../../design/select.tsx";
import { Problem } from "../../../design/states.tsx";
import { useLanguage, useWords } from "../../../strings/language.ts";
import { count } from "../../../strings/numbers.ts";
import type { MapFaces } from "../data/faces.ts";
import { eachInTurn } from "../data/in-turn.ts";
import { faceInWords } from "./words.ts";

/** Faces of a group that are shown, and that an address can carry. */
const SHOWN = 24;
const CARRIED = 500;

export interface GroupProps {
  readonly faces: MapFaces;
  readonly rows: readonly number[];
  readonly readonly: boolean;
  readonly onFace: (row: number) => void;
  readonly onExport: () => void;
  readonly onClose: () => void;
}

/** Faces that were selected together, and what can be done with them. */
export function Group({ faces, rows, readonly, onFace, onExport, onClose }: GroupProps) {
  const words = useWords();
  const { language } = useLanguage();
  const ids = rows.map((row) => faces.id[row] as number);
  const carried = ids.slice(0, CARRIED).join(",");
  return (
    <section className="card stack tight" aria-label={words.map.group}>
      <div className="map-head">
        <h2 className="numbers">{rows.length === 0 ? words.map.noneIn : words.map.groupOf(count(rows.length, language))}</h2>
        <IconButton label={words.map.close} icon={<CloseIcon />} onPress={onClose} />
      </div>
      <div className="row tight">
        {rows.length > 0 && (
          <>
            <LinkButton href={`/search?like=${carried}`}>{words.map.toSearch}</LinkButton>
            <LinkButton href={`/groups?faces=${carried}`}>{words.map.toGroups}</LinkButton>
            <Button onPress={onExport}>{words.map.csvGroup}</Button>
          </>
        )}
      </div>
      {rows.length > 0 && !readonly && <NameAll ids={ids} />}
      {rows.length > SHOWN && <p className="soft">{words.map.first(String(SHOWN))}</p>}
      {rows.length > 0 && (
        <FaceGrid
          label={words.map.group}
          faces={rows.slice(0, SHOWN).map((row) => ({ id: faces.id[row] as number, name: faceInWords(faces, row, words, language) }))}
          onOpen={(id) => onFace(rows[ids.indexOf(id)] as number)}
        />
      )}
    </section>
  );
}

/** One name for all of them; a correction each, which can be taken back together. */
function NameAll({ ids }: { readonly ids: readonly number[] }) {
  const words = useWords();
  const { language } = useLanguage();
  const classes = useClasses();
  const [name, setName] = useState<string>();
  const [done, setDone] = useState<number>();
  const [error, setError] = useState<unknown>();
  const stopped = useRef(false);
  const chosen = name ?? classes[0];
  if (chosen === undefined) return null;

  const refresh = () => queryClient.invalidateQueries({ queryKey: keys.faces });
  const run = async () => {
    stopped.current = false;
    setError(undefined);
    const made: number[] = [];
    try {
      await eachInTurn(ids, async (face) => {
        if (stopped.current) return;
        made.push(await correct({ kind: "label", face, label: chosen }));
        setDone(made.length);
      });
    } catch (problem) {
      setError(problem);
    }
    setDone(undefined);
    await refresh();
    if (made.length === 0) return;
    const undo = () => void eachInTurn(made, withdraw).then(refresh, setError);
    notify({
      text: words.map.correctedAll(count(made.length, language), words.look(chosen)),
      action: { name: words.design.undo, onPress: undo },
    });
  };

  return (
    <div className="stack tight">
      <div className="stack tight map-name">
        <Select
          label={words.map.name}
          value={chosen}
          onChange={setName}
          options={classes.map((id) => ({ id, name: words.look(id), icon: <ClassMark name={id} classes={classes} /> }))}
        />
        {done === undefined ? (
          <Button onPress={() => void run()}>{words.map.correct(count(ids.length, language))}</Button>
        ) : (
          <Button onPress={() => (stopped.current = true)}>{words.map.stop}</Button>
        )}
      </div>
      <p className="soft">{words.map.nameWhy}</p>
      {done !== undefined && (
        <Progress label={words.map.correcting(count(done, language), count(ids.length, language))} value={done / ids.length} />
      )}
      {error !== undefined && <Problem error={error} />}
    </div>
  );
}
