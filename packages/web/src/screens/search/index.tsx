import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { isFileDropItem, useDrop } from "react-aria-components";
import { useLocation, useSearch } from "wouter";
import { ApiError } from "../../client/api.ts";
import { useAbout, useClasses } from "../../client/library.ts";
import { Button } from "../../design/button.tsx";
import { SearchIcon } from "../../design/icons/screens.tsx";
import { NoFaces } from "../../design/no-faces.tsx";
import { Empty, Problem, Waiting } from "../../design/states.tsx";
import { FaceThumb } from "../../design/thumbs.tsx";
import { useLanguage, useWords } from "../../strings/language.ts";
import { count } from "../../strings/numbers.ts";
import { dropPicture, givePicture, useGivenPicture } from "./given-picture.ts";
import { HitGrid } from "./hit-grid.tsx";
import { PicturePanel } from "./picture-panel.tsx";
import { QueryBar } from "./query-bar.tsx";
import { addressOf, isAsked, nothing, type Question, questionOf, step, weigh } from "./question.ts";
import { SavedSearches } from "./saved.tsx";
import { SearchFilters } from "./search-filters.tsx";
import { Steering } from "./steering.tsx";
import { useHits } from "./use-hits.ts";
import "./search.css";

export default function SearchScreen() {
  const { search } = useWords();
  const { data: about } = useAbout();
  const classes = useClasses();
  const address = useSearch();
  const question = useMemo(() => questionOf(new URLSearchParams(address)), [address]);
  const picture = useGivenPicture();
  const [, navigate] = useLocation();
  const ask = (next: Question) => navigate(`/search${addressOf(next)}`);
  const give = (file: Blob, name: string) => {
    ask({ ...nothing, folder: question.folder, expression: question.expression, people: question.people });
    void givePicture(file, name);
  };
  const isBySomethingElse = question.words !== "" || question.face !== undefined;
  useEffect(() => {
    if (isBySomethingElse) dropPicture();
  }, [isBySomethingElse]);

  const embedding = picture?.looked?.faces[picture.chosen]?.embedding;
  const asked = `${address} ${picture?.address ?? ""} ${picture?.chosen ?? ""}`;
  const [shown, setShown] = useState({ asked, k: step });
  const k = shown.asked === asked ? shown.k : step; // another question begins with few again
  const found = useHits(question, { k, embedding });
  const wordsProblem = question.words !== "" && found.error instanceof ApiError && found.error.status === 400 ? found.error : undefined;

  if (about?.faces === 0) return <NoFaces icon={<SearchIcon />} title={search.title} lead={search.empty} />;
  return (
    <PictureDrop onPicture={give}>
      <div className="screen stack">
        <header className="screen-head">
          <div>
            <h1>{search.title}</h1>
            <p className="soft">{search.lead}</p>
          </div>
        </header>
        <QueryBar
          words={question.words}
          error={wordsProblem?.message}
          onWords={(words) => ask({ ...question, words, face: undefined, like: [], unlike: [] })}
          onPicture={give}
        />
        <SavedSearches question={question} canSave={isAsked(question)} />
        {picture !== undefined && <PicturePanel picture={picture} />}
        {question.face !== undefined && (
          <div className="card row">
            <span className="search-weighed">
              <FaceThumb face={question.face} alt="" />
            </span>
            <p>{search.likeFace}</p>
          </div>
        )}
        <Steering
          like={question.like}
          unlike={question.unlike}
          onWeigh={(face, way) => ask(weigh(question, face, way))}
          onClear={() => ask({ ...question, like: [], unlike: [] })}
        />
        {isAsked(question, embedding) && <SearchFilters question={question} onChange={(change) => ask({ ...question, ...change })} />}
        {found.error !== null && wordsProblem === undefined && <Problem error={found.error} onRetry={() => void found.refetch()} />}
        {isAsked(question, embedding) && found.isPending && found.error === null && <Waiting />}
        {isAsked(question, embedding) && found.data !== undefined && found.error === null && (
          <Answer
            found={found.data}
            classes={classes}
            question={question}
            onWeigh={(face, way) => ask(weigh(question, face, way))}
            onMore={() => setShown({ asked, k: Math.min(1000, k + step) })}
            isFull={found.data.hits.length < k || k >= 1000}
          />
        )}
        {!isAsked(question, embedding) && picture === undefined && (
          <Empty icon={<SearchIcon />} title={search.begin.title}>
            <p>{search.begin.text}</p>
          </Empty>
        )}
      </div>
    </PictureDrop>
  );
}

interface AnswerProps {
  readonly found: NonNullable<ReturnType<typeof useHits>["data"]>;
  readonly classes: readonly string[];
  readonly question: Question;
  readonly onWeigh: (face: number, way: "like" | "unlike") => void;
  readonly onMore: () => void;
  readonly isFull: boolean;
}

function Answer({ found, classes, question, onWeigh, onMore, isFull }: AnswerProps) {
  const { search } = useWords();
  const { language } = useLanguage();
  const { hits, searched, exact, recall, identityLeak } = found;
  return (
    <>
      <p className="soft" role="status">
        {search.hits.count(count(hits.length, language), count(searched, language))}
        {!exact && ` ${search.hits.approximate((100 * (recall ?? 0)).toFixed(1))}`}
      </p>
      <HitGrid hits={hits} classes={classes} like={question.like} unlike={question.unlike} onWeigh={onWeigh} />
      {hits.length === 0 && <p>{search.hits.none}</p>}
      {!isFull && (
        <Button className="search-more" onPress={onMore}>
          {search.hits.further}
        </Button>
      )}
      {question.words === "" && identityLeak !== undefined && (
        <p className="soft">{search.hits.leak(String(Math.round(identityLeak.share)), String(Math.round(identityLeak.chance)))}</p>
      )}
    </>
  );
}

/** The whole screen takes a picture that is dropped or pasted. */
function PictureDrop({ onPicture, children }: { readonly onPicture: (file: Blob, name: string) => void; readonly children: ReactNode }) {
  const { search } = useWords();
  const place = useRef<HTMLDivElement>(null);
  const given = useRef(onPicture);
  given.current = onPicture;
  const { dropProps, isDropTarget } = useDrop({
    ref: place,
    getDropOperation: () => "copy",
    onDrop: ({ items }) => {
      const file = items.find(isFileDropItem);
      if (file !== undefined) void file.getFile().then((one) => given.current(one, one.name));
    },
  });
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const file = [...(event.clipboardData?.files ?? [])].find(({ type }) => type.startsWith("image/"));
      if (file === undefined) return;
      event.preventDefault();
      given.current(file, file.name);
    };
    document.addEventListener("paste", paste);
    return () => document.removeEventListener("paste", paste);
  }, []);
  const { role: _role, ...listeners } = dropProps as { readonly role?: string };
  return (
    <div ref={place} {...listeners} className={isDropTarget ? "search-drop over" : "search-drop"}>
      {children}
      {isDropTarget && <div className="search-drop-veil">{search.picture.dropHere}</div>}
    </div>
  );
}
