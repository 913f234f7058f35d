import { useState } from "react";
import { useLocation } from "wouter";
import { useDocument } from "../../client/documents.ts";
import { useAbout } from "../../client/library.ts";
import { Button, IconButton } from "../../design/button.tsx";
import { Dialog } from "../../design/dialog.tsx";
import { TextField } from "../../design/fields.tsx";
import { PinIcon, TrashIcon } from "../../design/icons/signs.tsx";
import { notify } from "../../design/notices.tsx";
import { Problem } from "../../design/states.tsx";
import { useWords } from "../../strings/language.ts";
import { addressOf, type Question } from "./question.ts";

/** A search that a person kept, by its address. */
export interface Saved {
  readonly name: string;
  readonly address: string;
}

/** The searches that were kept, and a way to keep this one. */
export function SavedSearches({ question, canSave }: { readonly question: Question; readonly canSave: boolean }) {
  const { search, design } = useWords();
  const { data: about } = useAbout();
  const { value, error, keep } = useDocument<readonly Saved[]>("saved-searches");
  const [, navigate] = useLocation();
  const [isNaming, setNaming] = useState(false);
  const [name, setName] = useState("");
  const saved = value ?? [];
  const save = () => {
    if (name.trim() === "") return;
    keep([...saved.filter((one) => one.name !== name.trim()), { name: name.trim(), address: addressOf(question) }]);
    setNaming(false);
    setName("");
  };
  const drop = (gone: Saved) => {
    keep(saved.filter((one) => one !== gone));
    notify({ text: search.saved.dropped(gone.name), action: { name: design.undo, onPress: () => keep(saved) } });
  };
  if (about?.readonly === true && saved.length === 0) return null;
  return (
    <section className="stack tight" aria-label={search.saved.title}>
      <div className="row tight">
        {saved.map((one) => (
          <span key={one.name} className="search-saved">
            <Button kind="quiet" icon={<PinIcon />} onPress={() => navigate(`/search${one.address}`)}>
              {one.name}
            </Button>
            <IconButton label={search.saved.drop(one.name)} icon={<TrashIcon />} onPress={() => drop(one)} />
          </span>
        ))}
        {canSave && about?.readonly !== true && (
          <Button
            kind="quiet"
            icon={<PinIcon />}
            onPress={() => {
              setName(question.words);
              setNaming(true);
            }}
          >
            {search.saved.save}
          </Button>
        )}
      </div>
      {error !== null && <Problem error={error} />}
      <Dialog
        title={search.saved.save}
        isOpen={isNaming}
        onClose={() => setNaming(false)}
        actions={
          <Button kind="primary" isDisabled={name.trim() === ""} onPress={save}>
            {search.saved.keep}
          </Button>
        }
      >
        <form
          onSubmit={(event) => {
            event.preventDefault();
            save();
          }}
        >
          <TextField label={search.saved.name} value={name} onChange={setName} autoFocus maxLength={80} />
        </form>
      </Dialog>
    </section>
  );
}
