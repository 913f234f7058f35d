import { FileTrigger } from "react-aria-components";
import { Button } from "../../../design/button.tsx";
import { LiveIcon } from "../../../design/icons/screens.tsx";
import { UploadIcon } from "../../../design/icons/signs.tsx";
import { Segments } from "../../../design/select.tsx";
import { useWords } from "../../../strings/language.ts";
import type { ModelChoice } from "../session/session.ts";

export interface StartProps {
  readonly which: ModelChoice;
  readonly onWhich: (which: ModelChoice) => void;
  readonly onCamera: () => void;
  readonly onFile: (file: File) => void;
}

/** The two ways to begin. */
export function Start({ which, onWhich, onCamera, onFile }: StartProps) {
  const { start } = useWords().live;
  return (
    <div className="live-start">
      <section className="card">
        <LiveIcon />
        <Button kind="primary" onPress={onCamera}>
          {start.camera}
        </Button>
        <p className="soft">{start.cameraNote}</p>
      </section>
      <section className="card">
        <UploadIcon />
        <FileTrigger
          acceptedFileTypes={["video/*"]}
          onSelect={(files) => {
            const file = files?.[0];
            if (file !== undefined) onFile(file);
          }}
        >
          <Button>{start.file}</Button>
        </FileTrigger>
        <p className="soft">{start.fileNote}</p>
      </section>
      <div className="live-which">
        <Segments
          label={start.which}
          value={which}
          onChange={onWhich}
          options={[
            { id: "best", name: start.best },
            { id: "small", name: start.small },
          ]}
        />
        <span className="soft">{which === "best" ? start.bestNote : start.smallNote}</span>
      </div>
    </div>
  );
}
