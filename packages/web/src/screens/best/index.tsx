import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useMemo, useRef, useState } from "react";
import { useDocument } from "../../client/documents.ts";
import { useAbout, useClasses } from "../../client/library.ts";
import { usePhotos } from "../../client/photos.ts";
import { LinkButton } from "../../design/button.tsx";
import { ClassMark } from "../../design/classes.tsx";
import { AlbumIcon, BestIcon } from "../../design/icons/screens.tsx";
import { NoFaces } from "../../design/no-faces.tsx";
import { Select } from "../../design/select.tsx";
import { Empty, Problem, Waiting } from "../../design/states.tsx";
import { useLanguage, useWords } from "../../strings/language.ts";
import { count } from "../../strings/numbers.ts";
import { BurstCard } from "./burst-card.tsx";
import { choose, ordered } from "./chosen-shots.ts";
import { Compare } from "./compare.tsx";
import { useBest } from "./use-best.ts";
import "./best.css";

export default function BestScreen() {
  const { best, look } = useWords();
  const { language } = useLanguage();
  const { data: about } = useAbout();
  const classes = useClasses();
  const photos = usePhotos();
  const [expression, setExpression] = useState("happiness");
  const wanted = expression === "any" || classes.includes(expression) ? expression : "any";
  const { data, error, refetch } = useBest(wanted, classes.length > 0);
  const choices = useDocument<readonly number[]>("best-shots");
  const [compared, setCompared] = useState<number>();
  const versions = useMemo(() => {
    const columns = photos.data?.columns;
    return new Map(columns?.id.map((id, i) => [id, columns.version[i] as string]));
  }, [photos.data]);
  const chosen = choices.value ?? [];
  const bursts = useMemo(
    () => (data?.bursts ?? []).map(({ shots, taken }) => ({ shots: ordered(shots, choices.value ?? []), taken })),
    [data, choices.value],
  );
  const list = useRef<HTMLOListElement>(null);
  const rows = useWindowVirtualizer({
    count: bursts.length,
    estimateSize: () => 460,
    overscan: 2,
    scrollMargin: list.current?.offsetTop ?? 0,
  });
  const shown = compared === undefined ? undefined : bursts[compared];

  if (about?.faces === 0) return <NoFaces icon={<BestIcon />} title={best.title} lead={best.lead} />;
  return (
    <div className="screen stack">
      <header className="screen-head">
        <div>
          <h1>{best.title}</h1>
          <p className="soft">{best.lead}</p>
        </div>
        <span className="push">
          <LinkButton href="/album" icon={<AlbumIcon />}>
            {best.toAlbum}
          </LinkButton>
        </span>
      </header>
      <Select
        label={best.wanted}
        inLine
        value={wanted}
        onChange={setExpression}
        options={[
          ...classes.map((id) => ({ id, name: look(id), icon: <ClassMark name={id} classes={classes} /> })),
          { id: "any", name: best.any },
        ]}
      />
      {error !== null && <Problem error={error} onRetry={() => void refetch()} />}
      {choices.error !== null && <Problem error={choices.error} />}
      {data === undefined && error === null && <Waiting />}
      {data !== undefined && bursts.length === 0 && (
        <Empty icon={<BestIcon />} title={best.none.title}>
          <p>{best.none.text}</p>
        </Empty>
      )}
      {data !== undefined && bursts.length > 0 && (
        <>
          <p className="soft" role="status">
            {best.found(count(bursts.length, language), count(data.singles, language))}
          </p>
          <ol ref={list} className="best-list" style={{ blockSize: rows.getTotalSize() }}>
            {rows.getVirtualItems().map(({ index, start }) => {
              const { shots, taken } = bursts[index] as (typeof bursts)[number];
              return (
                <li
                  key={shots
                    .map(({ photo }) => photo)
                    .sort()
                    .join()}
                  ref={rows.measureElement}
                  data-index={index}
                  className="best-line"
                  style={{ transform: `translateY(${start - rows.options.scrollMargin}px)` }}
                >
                  <BurstCard
                    shots={shots}
                    taken={taken}
                    wanted={wanted}
                    classes={classes}
                    versions={versions}
                    onCompare={() => setCompared(index)}
                    onChoose={(photo) => choices.keep(choose(chosen, shots, photo))}
                  />
                </li>
              );
            })}
          </ol>
        </>
      )}
      {shown !== undefined && (
        <Compare
          shots={shown.shots}
          wanted={wanted}
          classes={classes}
          versions={versions}
          onChoose={(photo) => choices.keep(choose(chosen, shown.shots, photo))}
          onClose={() => setCompared(undefined)}
        />
      )}
    </div>
  );
}
