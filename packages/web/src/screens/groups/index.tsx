import { useMemo, useState } from "react";
import { useLocation, useSearch } from "wouter";
import { useDocument } from "../../client/documents.ts";
import { useAbout, useClasses } from "../../client/library.ts";
import { Button } from "../../design/button.tsx";
import { GroupsIcon } from "../../design/icons/screens.tsx";
import { NoFaces } from "../../design/no-faces.tsx";
import { Segments } from "../../design/select.tsx";
import { Slider } from "../../design/slider.tsx";
import { Problem, Waiting } from "../../design/states.tsx";
import { useLanguage, useWords } from "../../strings/language.ts";
import { count } from "../../strings/numbers.ts";
import { GroupCard } from "./group-card.tsx";
import { givenNames, type NamedGroup, rename } from "./group-names.ts";
import { GroupPage } from "./group-page.tsx";
import { KeptLinks } from "./kept-links.tsx";
import { nameInWords } from "./name-words.ts";
import { type FaceGroup, type Grouping, useGroups, useRested } from "./use-groups.ts";
import "./groups.css";

const usual = 0.75;
/** Below it nearly all faces are in one group, above the next one nearly all are alone. */
const loosest = 0.4;
const tightest = 0.97;
const first = 60;

export default function GroupsScreen() {
  const words = useWords();
  const { groups: said } = words;
  const { language } = useLanguage();
  const { data: about } = useAbout();
  const classes = useClasses();
  const [, navigate] = useLocation();
  const params = new URLSearchParams(useSearch());
  const asked = Number(params.get("similarity") ?? usual);
  const by = params.get("by") === "number" ? "number" : "likeness";
  const [similarity, setSimilarity] = useState(asked >= 0 && asked <= 1 ? asked : usual);
  const rested = useRested(similarity);
  const grouping: Grouping = by === "number" ? { by } : { by, similarity: params.has("face") ? asked : rested };
  const found = useGroups(grouping, (about?.faces ?? 0) > 0);
  const names = useDocument<readonly NamedGroup[]>("group-names");
  const [most, setMost] = useState(first);
  const shown = useMemo(() => {
    const given = givenNames(found.data?.groups ?? [], names.value ?? []);
    return (found.data?.groups ?? []).map((group, i) => ({ group, name: given[i] ?? nameInWords(group, words) }));
  }, [found.data, names.value, words]);
  const how = by === "number" ? "by=number" : `similarity=${similarity}`;
  const addressOf = (group: FaceGroup) => `/groups?face=${group.medoid.face}`;
  const given = givenFaces(params.get("faces"));
  const open = params.has("face") ? shown.find(({ group }) => group.faces.includes(Number(params.get("face")))) : undefined;

  if (about?.faces === 0) {
    return <NoFaces icon={<GroupsIcon />} title={said.title} lead={said.empty} />;
  }
  const chosen = given.length === 0 ? undefined : { group: chosenGroup(given, classes), name: said.given };
  const page = open ?? chosen;
  if (page !== undefined) {
    return (
      <GroupPage
        key={page.group.medoid.face}
        group={page.group}
        name={page.name}
        similarity={by === "likeness" && page === open ? asked : undefined}
        others={shown.filter((one) => one !== page)}
        addressOf={addressOf}
        onRename={(name) => names.keep(rename(names.value ?? [], page.group, name))}
      />
    );
  }
  const alone = found.data?.alone.length ?? 0;
  return (
    <div className="screen stack">
      <header className="screen-head">
        <div>
          <h1>{said.title}</h1>
          <p className="soft" role="status">
            {found.data === undefined ? said.lead : said.count(count(shown.length, language), count(found.data.faces, language))}
            {alone > 0 && ` ${said.alone(count(alone, language))}`}
          </p>
        </div>
        <span className="push">
          <KeptLinks />
        </span>
      </header>
      <div className="row">
        <Segments
          label={said.by.label}
          value={by}
          onChange={(next) => navigate(next === "number" ? "/groups?by=number" : "/groups", { replace: true })}
          options={[
            { id: "likeness", name: said.by.likeness },
            { id: "number", name: said.by.number },
          ]}
        />
        {by === "likeness" && (
          <div className="groups-slider">
            <Slider
              label={said.slider}
              min={loosest}
              max={tightest}
              step={0.01}
              value={similarity}
              onChange={setSimilarity}
              onChangeEnd={(value) => navigate(`/groups?similarity=${value}`, { replace: true })}
              valueText={similarity < 0.65 ? said.few : similarity < 0.82 ? said.some : said.many}
            />
          </div>
        )}
      </div>
      {found.error !== null && <Problem error={found.error} onRetry={() => void found.refetch()} />}
      {names.error !== null && <Problem error={names.error} />}
      {found.data === undefined && found.error === null && <Waiting />}
      {found.data !== undefined && (
        <>
          {found.data.corrections.refused.length > 0 && (
            <p className="soft">{said.refused(String(found.data.corrections.refused.length))}</p>
          )}
          <ol className="groups-grid" aria-busy={found.isPlaceholderData} aria-label={said.title}>
            {shown.slice(0, most).map(({ group, name }) => (
              <GroupCard
                key={group.medoid.face}
                group={group}
                name={name}
                classes={classes}
                address={`/groups?${how}&face=${group.medoid.face}`}
              />
            ))}
          </ol>
          {shown.length > most && (
            <Button className="groups-more" onPress={() => setMost(most + first)}>
              {said.more(count(shown.length - most, language))}
            </Button>
          )}
        </>
      )}
    </div>
  );
}

/** Ids of faces that another screen chose, as a lasso on the map does. */
function givenFaces(text: string | null): number[] {
  return [...new Set((text ?? "").split(",").map(Number))].filter((id) => Number.isSafeInteger(id) && id > 0);
}

/** Faces that another screen chose, as a group: the first stands for it. */
function chosenGroup(faces: readonly number[], classes: readonly string[]): FaceGroup {
  const medoid = {
    face: faces[0] as number,
    photo: 0,
    path: "",
    box: { x: 0, y: 0, width: 0, height: 0 },
    expression: classes[0] ?? "",
    probability: 0,
    verdict: "unsure" as const,
  };
  return { name: "", size: faces.length, share: 0, purity: 1, faces, medoid, top: [medoid] };
}
