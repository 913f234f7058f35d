import { Button, IconButton } from "../../design/button.tsx";
import { CloseIcon } from "../../design/icons/signs.tsx";
import { FaceThumb } from "../../design/thumbs.tsx";
import { useWords } from "../../strings/language.ts";

export interface SteeringProps {
  readonly like: readonly number[];
  readonly unlike: readonly number[];
  readonly onWeigh: (face: number, way: "like" | "unlike") => void;
  readonly onClear: () => void;
}

/** The faces that the answer is steered by, each of which can be taken back. */
export function Steering({ like, unlike, onWeigh, onClear }: SteeringProps) {
  const { search } = useWords();
  if (like.length + unlike.length === 0) return null;
  const side = (faces: readonly number[], way: "like" | "unlike") =>
    faces.length > 0 && (
      <div className="row tight">
        <span className="soft">{search.steer[way]}</span>
        {faces.map((face) => (
          <span key={face} className="search-weighed">
            <FaceThumb face={face} alt={search.steer.face(String(face))} />
            <IconButton label={search.steer.back} icon={<CloseIcon />} onPress={() => onWeigh(face, way)} />
          </span>
        ))}
      </div>
    );
  return (
    <section className="card row" aria-label={search.steer.title}>
      {side(like, "like")}
      {side(unlike, "unlike")}
      <Button kind="quiet" className="push" onPress={onClear}>
        {search.steer.clear}
      </Button>
    </section>
  );
}
