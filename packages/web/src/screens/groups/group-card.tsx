import { Link } from "wouter";
import { ClassMark } from "../../design/classes.tsx";
import { FaceThumb } from "../../design/thumbs.tsx";
import { useLanguage, useWords } from "../../strings/language.ts";
import { count, percent } from "../../strings/numbers.ts";
import type { FaceGroup } from "./use-groups.ts";

export interface GroupCardProps {
  readonly group: FaceGroup;
  readonly name: string;
  readonly classes: readonly string[];
  readonly address: string;
}

/** A group: its medoid large, those nearest to it beside, and how many there are. */
export function GroupCard({ group, name, classes, address }: GroupCardProps) {
  const { groups } = useWords();
  const { language } = useLanguage();
  const { medoid, top, size, share } = group;
  const size_ = groups.faces(count(size, language));
  return (
    <li className="groups-card">
      <Link href={address} className="groups-link" aria-label={`${name}, ${size_}`}>
        <FaceThumb face={medoid.face} alt="" className="groups-medoid" mark={<ClassMark name={medoid.expression} classes={classes} />} />
        <span className="groups-top">
          {top.slice(1, 7).map(({ face }) => (
            <FaceThumb key={face} face={face} alt="" />
          ))}
        </span>
      </Link>
      <p className="groups-caption">
        <strong>{name}</strong>
        <span className="soft numbers">
          {size_} · {percent(share, language)}
        </span>
      </p>
    </li>
  );
}
