import type { Correction } from "@semblant/api";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useAbout, useClasses } from "../../client/library.ts";
import { Button, LinkButton } from "../../design/button.tsx";
import { ClassMark } from "../../design/classes.tsx";
import { FaceGrid } from "../../design/face-grid.tsx";
import { BackIcon, EditIcon, ForwardIcon } from "../../design/icons/signs.tsx";
import { Menu } from "../../design/menu.tsx";
import { Slider } from "../../design/slider.tsx";
import { Problem } from "../../design/states.tsx";
import { useLanguage, useWords } from "../../strings/language.ts";
import { count } from "../../strings/numbers.ts";
import { GroupCard } from "./group-card.tsx";
import { within } from "./group-names.ts";
import { keepCorrections, moveTo, notWith } from "./link-faces.ts";
import { nameInWords } from "./name-words.ts";
import { RenameDialog } from "./rename-dialog.tsx";
import { type FaceGroup, useGroups, useRested } from "./use-groups.ts";

export interface GroupPageProps {
  readonly group: FaceGroup;
  readonly name: string;
  /** Of the slider, where groups are made by it. */
  readonly similarity: number | undefined;
  /** The other groups, where faces can be moved. */
  readonly others: readonly { readonly group: FaceGroup; readonly name: string }[];
  readonly addressOf: (group: FaceGroup) => string;
  readonly onRename: (name: string) => void;
}

const page = 240;

/** One group with all of its faces: to look through, to split, and to say which belong elsewhere. */
export function GroupPage({ group, name, similarity, others, addressOf, onRename }: GroupPageProps) {
  const words = useWords();
  const { groups, design, look } = words;
  const { language } = useLanguage();
  const { data: about } = useAbout();
  const classes = useClasses();
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set());
  const [most, setMost] = useState(page);
  const [isNaming, setNaming] = useState(false);
  const keep = useMutation({
    mutationFn: ({ corrections, text }: { readonly corrections: readonly Correction[]; readonly text: string }) =>
      keepCorrections(corrections, { text, undo: design.undo }),
    onSuccess: () => setSelected(new Set()),
  });
  const faces = [group.medoid.face, ...group.faces.filter((face) => face !== group.medoid.face)];
  const chosen = faces.filter((face) => selected.has(face));
  const n = count(chosen.length, language);
  return (
    <div className="screen stack">
      <header className="screen-head">
        <LinkButton
          kind="quiet"
          href={similarity === undefined ? "/groups?by=number" : `/groups?similarity=${similarity}`}
          icon={<BackIcon />}
        >
          {groups.all}
        </LinkButton>
        <div>
          <h1>{name}</h1>
          <p className="soft">{groups.faces(count(group.size, language))}</p>
        </div>
        {about?.readonly !== true && (
          <span className="push">
            <Button icon={<EditIcon />} onPress={() => setNaming(true)}>
              {groups.rename}
            </Button>
          </span>
        )}
      </header>
      {about?.readonly !== true && (
        <div className="groups-tools" role="toolbar" aria-label={groups.tools}>
          <span className="soft" role="status">
            {chosen.length === 0 ? groups.choose : groups.chosen(n)}
          </span>
          <Button
            isDisabled={chosen.length < 2 || keep.isPending}
            onPress={() => keep.mutate({ corrections: [{ kind: "together", faces: chosen }], text: groups.said.together(n) })}
          >
            {groups.together}
          </Button>
          <Button
            isDisabled={chosen.length !== 2 || keep.isPending}
            onPress={() => keep.mutate({ corrections: [{ kind: "apart", faces: chosen }], text: groups.said.apart })}
          >
            {groups.apart}
          </Button>
          <Button
            isDisabled={chosen.length === 0 || chosen.includes(group.medoid.face) || keep.isPending}
            onPress={() => keep.mutate({ corrections: notWith(chosen, group.medoid.face), text: groups.said.out(n) })}
          >
            {groups.out}
          </Button>
          <Menu
            label={groups.move}
            trigger={
              <Button icon={<ForwardIcon />} isDisabled={chosen.length === 0 || others.length === 0 || keep.isPending}>
                {groups.move}
              </Button>
            }
            items={others.slice(0, 60).map(({ group: other, name: to }) => ({
              id: String(other.medoid.face),
              name: `${to} (${count(other.size, language)})`,
              icon: <ClassMark name={other.medoid.expression} classes={classes} />,
              onPress: () => keep.mutate({ corrections: moveTo(chosen, other.medoid.face), text: groups.said.moved(n, to) }),
            }))}
          />
          <Menu
            label={groups.label}
            trigger={<Button isDisabled={chosen.length === 0 || keep.isPending}>{groups.label}</Button>}
            items={classes.map((id) => ({
              id,
              name: look(id),
              icon: <ClassMark name={id} classes={classes} />,
              onPress: () =>
                keep.mutate({
                  corrections: chosen.map((face) => ({ kind: "label", face, label: id })),
                  text: groups.said.labelled(n, look(id)),
                }),
            }))}
          />
        </div>
      )}
      {keep.error !== null && <Problem error={keep.error} />}
      {similarity !== undefined && group.size > 2 && <SubGroups group={group} similarity={similarity} addressOf={addressOf} />}
      <FaceGrid
        label={groups.facesOf(name)}
        faces={faces.slice(0, most).map((face) => ({ id: face, name: groups.face(String(face)) }))}
        selected={selected}
        onSelect={setSelected}
      />
      {faces.length > most && (
        <Button className="groups-more" onPress={() => setMost(most + page)}>
          {groups.more(count(faces.length - most, language))}
        </Button>
      )}
      <RenameDialog name={name} isOpen={isNaming} onClose={() => setNaming(false)} onRename={onRename} />
    </div>
  );
}

/** The group split by a slider of its own. */
function SubGroups({ group, similarity, addressOf }: Pick<GroupPageProps, "group" | "addressOf"> & { readonly similarity: number }) {
  const words = useWords();
  const { groups } = words;
  const { language } = useLanguage();
  const classes = useClasses();
  const least = Math.min(0.98, similarity + 0.01);
  const [wanted, setWanted] = useState(Math.min(0.99, similarity + 0.06));
  const finer = useGroups({ by: "likeness", similarity: useRested(wanted) });
  const parts = within(group, finer.data?.groups ?? []);
  return (
    <section className="card stack tight" aria-label={groups.parts.title}>
      <div className="groups-slider">
        <Slider
          label={groups.parts.title}
          min={least}
          max={0.99}
          step={0.01}
          value={wanted}
          onChange={setWanted}
          valueText={groups.parts.count(count(parts.length, language))}
        />
      </div>
      {finer.error !== null && <Problem error={finer.error} />}
      <ol className="groups-grid small" aria-busy={finer.isPlaceholderData}>
        {parts.map((part) => (
          <GroupCard
            key={part.medoid.face}
            group={part}
            name={nameInWords(part, words)}
            classes={classes}
            address={`${addressOf(part)}&similarity=${wanted}`}
          />
        ))}
      </ol>
    </section>
  );
}
