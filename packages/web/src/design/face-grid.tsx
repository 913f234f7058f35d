import type { ReactNode } from "react";
import * as Aria from "react-aria-components";
import { FaceThumb } from "./thumbs.tsx";

export interface GridFace {
  readonly id: number;
  /** What it shows, aloud. */
  readonly name: string;
  readonly caption?: ReactNode;
  readonly mark?: ReactNode;
}

export interface FaceGridProps {
  readonly label: string;
  readonly faces: readonly GridFace[];
  /** Enter, or a double press where faces can be selected. */
  readonly onOpen?: (face: number) => void;
  /** Faces can be selected where this is given. */
  readonly selected?: ReadonlySet<number>;
  readonly onSelect?: (faces: Set<number>) => void;
  readonly empty?: ReactNode;
}

/** Up to a few hundred faces: arrows walk, Enter opens, Space selects. */
export function FaceGrid({ label, faces, onOpen, selected, onSelect, empty }: FaceGridProps) {
  return (
    <Aria.GridList
      aria-label={label}
      className="face-grid"
      layout="grid"
      items={faces}
      selectionMode={selected === undefined ? "none" : "multiple"}
      {...(selected && { selectedKeys: selected })}
      {...(onSelect && {
        onSelectionChange: (keys) => onSelect(keys === "all" ? new Set(faces.map(({ id }) => id)) : (keys as Set<number>)),
      })}
      {...(onOpen && { onAction: (key) => onOpen(Number(key)) })}
      renderEmptyState={() => empty}
    >
      {({ id, name, caption, mark }) => (
        <Aria.GridListItem id={id} textValue={name} className="cell">
          <FaceThumb face={id} alt={caption === undefined ? name : ""} mark={mark} />
          {caption !== undefined && <span className="caption">{caption}</span>}
        </Aria.GridListItem>
      )}
    </Aria.GridList>
  );
}
