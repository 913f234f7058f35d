import type { ReactNode } from "react";
import { useWords } from "../strings/language.ts";
import { LinkButton } from "./button.tsx";
import { Empty } from "./states.tsx";

export interface NoFacesProps {
  readonly icon: ReactNode;
  /** The screen's name, which stands above as it does when there are faces. */
  readonly title?: string;
  /** What the screen is for. */
  readonly lead: string;
}

/** A screen of a library in which no face was found yet: what the screen is for, and where to begin. */
export function NoFaces({ icon, title, lead }: NoFacesProps) {
  const { design } = useWords();
  const empty = (
    <Empty icon={icon} title={design.noFaces.title}>
      <p>{lead}</p>
      <p>{design.noFaces.text}</p>
      <LinkButton kind="primary" href="/photos">
        {design.noFaces.go}
      </LinkButton>
    </Empty>
  );
  if (title === undefined) return empty;
  return (
    <div className="screen">
      <header className="screen-head">
        <h1>{title}</h1>
      </header>
      {empty}
    </div>
  );
}
