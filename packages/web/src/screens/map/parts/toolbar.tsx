import { Button, Toggle } from "../../../design/button.tsx";
import { DownloadIcon } from "../../../design/icons/signs.tsx";
import { Menu } from "../../../design/menu.tsx";
import { Segments, Select } from "../../../design/select.tsx";
import { Switch } from "../../../design/switches.tsx";
import { Tip } from "../../../design/tip.tsx";
import { useWords } from "../../../strings/language.ts";
import type { Coloring } from "../data/coloring.ts";
import type { Scene } from "../stage/scene.ts";
import { LassoIcon } from "./icons.tsx";
import type { useExports } from "./use-exports.ts";

export interface ToolbarProps {
  readonly colorings: readonly Coloring[];
  readonly coloring: Coloring;
  readonly onColoring: (coloring: Coloring) => void;
  readonly show: Scene["show"];
  readonly onShow: (show: Scene["show"]) => void;
  readonly ellipses: boolean;
  /** Absent where no line of the legend is a class. */
  readonly onEllipses: ((ellipses: boolean) => void) | undefined;
  readonly lassoes: boolean;
  readonly onLassoes: (lassoes: boolean) => void;
  readonly files: ReturnType<typeof useExports>;
}

export function Toolbar(props: ToolbarProps) {
  const { map } = useWords();
  const { colorings, coloring, onColoring, show, onShow, ellipses, onEllipses, lassoes, onLassoes, files } = props;
  const shows = (["near", "points", "faces"] as const).map((id) => ({ id, name: map.shows[id] }));
  return (
    <div className="map-tools">
      <Select
        inLine
        label={map.colorBy}
        value={coloring}
        onChange={onColoring}
        options={colorings.map((id) => ({ id, name: map.coloring[id] }))}
      />
      <Segments label={map.show} value={show} onChange={onShow} options={shows} />
      {onEllipses !== undefined && (
        <Switch isSelected={ellipses} onChange={onEllipses}>
          {map.ellipses}
        </Switch>
      )}
      <div className="row tight push">
        <Tip text={map.lassoHint}>
          <Toggle icon={<LassoIcon />} isSelected={lassoes} onChange={onLassoes}>
            {map.lasso}
          </Toggle>
        </Tip>
        <Menu
          label={map.export}
          trigger={<Button icon={<DownloadIcon />}>{map.export}</Button>}
          items={[
            { id: "png", name: map.png, onPress: files.png },
            { id: "svg", name: map.svg, onPress: files.svg },
            { id: "csv", name: map.csv, onPress: files.csv },
          ]}
        />
      </div>
    </div>
  );
}
