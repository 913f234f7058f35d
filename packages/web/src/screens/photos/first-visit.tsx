import type { StorageAbout } from "@semblant/api";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useRef } from "react";
import { readSamples } from "../../client/samples.ts";
import { Button } from "../../design/button.tsx";
import { FolderIcon, PlusIcon } from "../../design/icons/signs.tsx";
import { Problem } from "../../design/states.tsx";
import { useLanguage, useWords } from "../../strings/language.ts";
import { size } from "../../strings/numbers.ts";
import type { Adding } from "./use-adding.ts";

/** What a visitor sees first where the page keeps the photos itself: what it does, and how to begin. */
export function FirstVisit({ adding, storage }: { readonly adding: Adding; readonly storage: StorageAbout }) {
  const { browser } = useWords();
  const { language } = useLanguage();
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const faces = useQuery({ queryKey: ["samples", "shown"], queryFn: () => readSamples(shown) });
  const samples = useMutation({ mutationFn: () => readSamples(), onSuccess: adding.add });
  const take = (input: HTMLInputElement) => {
    adding.add([...(input.files ?? [])].map((file) => ({ name: file.webkitRelativePath || file.name, file })));
    input.value = "";
  };
  const isBusy = adding.isBusy || samples.isPending;
  return (
    <section className="first-visit" aria-labelledby="first-visit-title">
      <div className="first-visit-strip" aria-hidden="true">
        {(faces.data ?? []).map(({ name, file }) => (
          <SamplePicture key={name} file={file} />
        ))}
      </div>
      <h2 id="first-visit-title">{browser.welcome}</h2>
      <p className="lead">{browser.what}</p>
      <p className="lead">{browser.here}</p>
      <div className="first-visit-ways">
        <Button kind="primary" icon={<PlusIcon />} isDisabled={isBusy} onPress={() => files.current?.click()}>
          {browser.choose}
        </Button>
        <Button icon={<FolderIcon />} isDisabled={isBusy} onPress={() => folder.current?.click()}>
          {browser.chooseFolder}
        </Button>
        <Button kind="quiet" isDisabled={isBusy} onPress={() => samples.mutate()}>
          {browser.try}
        </Button>
      </div>
      <p className="soft">{browser.drawn}</p>
      {samples.error !== null && <Problem error={samples.error} />}
      <p className="soft">{browser.drop}</p>
      <p className="soft">
        {storage.kept ? browser.copies : browser.unkept} {storage.left !== undefined && browser.room(size(storage.left, language))}
      </p>
      <input ref={files} type="file" hidden multiple accept="image/*,.heic,.heif,.hif,.mpo" onChange={(event) => take(event.target)} />
      <input ref={folder} type="file" hidden multiple {...{ webkitdirectory: "" }} onChange={(event) => take(event.target)} />
    </section>
  );
}

/** The drawn photos of one face each that stand above the words. */
const shown = [12, 4, 13, 30, 22] as const;

function SamplePicture({ file }: { readonly file: File }) {
  const show = (image: HTMLImageElement | null) => {
    if (image === null) return;
    const address = URL.createObjectURL(file);
    image.src = address;
    return () => URL.revokeObjectURL(address);
  };
  return <img ref={show} alt="" width={96} height={96} />;
}
