import { type CSSProperties, type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { IconButton } from "../../../design/button.tsx";
import { MinusIcon, PlusIcon } from "../../../design/icons/signs.tsx";
import { FaceThumb } from "../../../design/thumbs.tsx";
import { useLanguage, useWords } from "../../../strings/language.ts";
import { count } from "../../../strings/numbers.ts";
import type { MapFaces } from "../data/faces.ts";
import type { Point } from "../plane/view.ts";
import type { Scene } from "../stage/scene.ts";
import { Stage } from "../stage/stage.ts";
import { FitIcon } from "./icons.tsx";
import { keysOf } from "./keys.ts";
import { faceInWords } from "./words.ts";

export interface PlaneProps {
  readonly faces: MapFaces;
  readonly scene: Scene;
  readonly lassoes: boolean;
  /** The stage when it is there, to command it. */
  readonly onStage: (stage: Stage | undefined) => void;
  readonly onPress: (row: number | undefined) => void;
  readonly onLasso: (rows: readonly number[]) => void;
}

/** The map itself: points, what lies over them, and how a hand or a keyboard moves it. */
export function Plane({ faces, scene, lassoes, onStage, onPress, onLasso }: PlaneProps) {
  const words = useWords();
  const { language } = useLanguage();
  const root = useRef<HTMLDivElement>(null);
  const points = useRef<HTMLCanvasElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  const [hover, setHover] = useState<{ readonly row: number; readonly at: Point }>();
  const [said, say] = useState("");
  const [stage, setStage] = useState<Stage>();
  const hint = useId();
  const called = useRef({ onPress, onLasso });
  called.current = { onPress, onLasso };

  useEffect(() => {
    const made = new Stage(root.current as HTMLDivElement, points.current as HTMLCanvasElement, overlay.current as HTMLCanvasElement, {
      onHover: (row, at) => setHover(row === undefined || at === undefined ? undefined : { row, at }),
      onPress: (row) => called.current.onPress(row),
      onLasso: (rows) => called.current.onLasso(rows),
      onPainted: ({ drawn, milliseconds }) => {
        if (root.current !== null) Object.assign(root.current.dataset, { drawn, milliseconds: Math.round(milliseconds) });
      },
    });
    setStage(made);
    onStage(made);
    return () => {
      onStage(undefined);
      made.close();
    };
  }, [onStage]);

  // In a task of its own: what React does and what the stage does, together, would hold the page up.
  useEffect(() => {
    const later = setTimeout(() => stage?.show(scene));
    return () => clearTimeout(later);
  }, [stage, scene]);
  useEffect(() => {
    if (stage !== undefined) stage.lassoes = lassoes;
  }, [stage, lassoes]);

  const [keys] = useState(keysOf);
  const onKeyDown = (event: KeyboardEvent) => {
    if (stage === undefined || event.metaKey || event.altKey || event.ctrlKey) return;
    const focus = (row: number) => {
      onPress(row);
      stage.reveal(row);
      const place = count(row + 1, language);
      say(words.map.at(faceInWords(faces, row, words, language), place, count(faces.id.length, language)));
    };
    const rectangle = () => say(words.map.rectangle);
    if (keys(event, { stage, row: scene.focus, focus, letGo: () => onPress(undefined), rectangle })) event.preventDefault();
  };

  const name = words.map.plane(count(faces.id.length, language));
  return (
    <div className="map-plane">
      <div
        ref={root}
        className={lassoes ? "map-stage lassoes" : "map-stage"}
        role="application"
        aria-roledescription={words.map.planeRole}
        aria-label={name}
        aria-describedby={hint}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: keys move the map
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <canvas ref={points} className="map-points" />
        <canvas ref={overlay} className="map-overlay" />
      </div>
      <div className="map-zoom">
        <IconButton label={words.map.zoomIn} icon={<PlusIcon />} onPress={() => stage?.camera.zoomBy(1.6)} />
        <IconButton label={words.map.zoomOut} icon={<MinusIcon />} onPress={() => stage?.camera.zoomBy(1 / 1.6)} />
        <IconButton label={words.map.fit} icon={<FitIcon />} onPress={() => stage?.camera.fit()} />
      </div>
      {hover !== undefined && hover.row < faces.id.length && (
        <div className="map-hover" style={placeBeside(hover.at, root.current)} aria-hidden="true">
          <FaceThumb face={faces.id[hover.row] as number} alt="" />
          <span>{faceInWords(faces, hover.row, words, language)}</span>
        </div>
      )}
      <p id={hint} className="only-read">
        {words.map.keys}
      </p>
      <p className="only-read" aria-live="polite">
        {said}
      </p>
    </div>
  );
}

/** Beside a point, on the side that has room. */
function placeBeside({ x, y }: Point, root: HTMLElement | null): CSSProperties {
  const { width = 0, height = 0 } = root?.getBoundingClientRect() ?? {};
  const [across, down] = [x > width - 170 ? "calc(-100% - 28px)" : "0", y > height - 210 ? "calc(-100% - 28px)" : "0"];
  return { left: x, top: y, transform: `translate(${across}, ${down})` };
}
