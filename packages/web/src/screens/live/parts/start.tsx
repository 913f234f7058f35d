import { FileTrigger } from "react-aria-components";
import { Button } from "../../../design/button.tsx";
import { LiveIcon } from "../../../design/icons/screens.tsx";
import { UploadIcon } from "../../../design/icons/signs.tsx";
import { useWords } from "../../../strings/language.ts";

export interface StartProps {
  readonly onCamera: () => void;
  readonly onFile: (file: File) => void;
}

/** The two ways to begin. */
export function Start({ onCamera, onFile }: StartProps) {
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
    </div>
  );
}
