import { useLocation } from "wouter";
import { IconButton } from "../../design/button.tsx";
import { ClassMark } from "../../design/classes.tsx";
import { MapIcon, PhotosIcon, SearchIcon } from "../../design/icons/screens.tsx";
import { MinusIcon, MoreIcon, PlusIcon } from "../../design/icons/signs.tsx";
import { Menu } from "../../design/menu.tsx";
import { FaceThumb } from "../../design/thumbs.tsx";
import { useLanguage, useWords, type Words } from "../../strings/language.ts";
import { percent } from "../../strings/numbers.ts";
import type { Hit } from "./use-hits.ts";

export interface HitGridProps {
  readonly hits: readonly Hit[];
  readonly classes: readonly string[];
  readonly like: readonly number[];
  readonly unlike: readonly number[];
  readonly onWeigh: (face: number, way: "like" | "unlike") => void;
}

/** The faces that were found, the best first. Below each: how alike it is, in words, and two buttons to steer by. */
export function HitGrid({ hits, classes, onWeigh }: HitGridProps) {
  const words = useWords();
  const { search } = words;
  const { language } = useLanguage();
  const [, navigate] = useLocation();
  return (
    <ol className="search-hits" aria-label={search.hits.label}>
      {hits.map((hit) => {
        const how = hit.alike !== undefined ? search.hits.alike[hit.alike] : search.hits.fit(percent(hit.fit ?? 0, language));
        const name = `${lookOfHit(hit, words)}, ${how}`;
        return (
          <li key={hit.face} className="search-hit">
            <a
              href={`#face-${hit.face}`}
              aria-label={search.hits.open(name)}
              onClick={(event) => {
                event.preventDefault();
                navigate(`/photos/${hit.photo}?face=${hit.face}`);
              }}
            >
              <FaceThumb face={hit.face} alt="" mark={isNamed(hit) ? <ClassMark name={hit.expression} classes={classes} /> : undefined} />
            </a>
            <p className="search-caption">
              <strong>{lookOfHit(hit, words)}</strong>
              <span className="soft" title={hit.distance === undefined ? undefined : search.hits.distance(hit.distance.toFixed(2))}>
                {how}
              </span>
            </p>
            <div className="search-steer">
              <IconButton label={search.hits.more} icon={<PlusIcon />} onPress={() => onWeigh(hit.face, "like")} />
              <IconButton label={search.hits.less} icon={<MinusIcon />} onPress={() => onWeigh(hit.face, "unlike")} />
              <Menu
                label={search.hits.menu}
                trigger={<IconButton label={search.hits.menu} icon={<MoreIcon />} />}
                items={[
                  { id: "from", name: search.hits.from, icon: <SearchIcon />, href: `/search?face=${hit.face}` },
                  { id: "photo", name: search.hits.photo, icon: <PhotosIcon />, href: `/photos/${hit.photo}?face=${hit.face}` },
                  { id: "map", name: search.hits.map, icon: <MapIcon />, href: `/map?select=${hit.face}` },
                ]}
              />
            </div>
          </li>
        );
      })}
    </ol>
  );
}

const isNamed = ({ verdict }: Hit): boolean => verdict === "named" || verdict === "corrected";

function lookOfHit({ verdict, expression }: Hit, { look, design }: Words): string {
  if (verdict === "unsure") return design.verdicts.unsure;
  if (verdict === "none of these") return design.verdicts.none;
  return verdict === "turned" ? design.verdicts.turned : look(expression);
}
