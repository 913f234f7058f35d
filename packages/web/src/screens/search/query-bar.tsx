import { useEffect, useState } from "react";
import { FileTrigger } from "react-aria-components";
import { useClasses } from "../../client/library.ts";
import { Button } from "../../design/button.tsx";
import { ClassMark } from "../../design/classes.tsx";
import { TextField } from "../../design/fields.tsx";
import { LiveIcon, PhotosIcon, SearchIcon } from "../../design/icons/screens.tsx";
import { useWords } from "../../strings/language.ts";
import { Camera } from "./camera.tsx";
import { withWord } from "./question.ts";

export interface QueryBarProps {
  readonly words: string;
  readonly onWords: (words: string) => void;
  readonly onPicture: (picture: Blob, name: string) => void;
  /** What the home says of these words, where it knows one of them not. */
  readonly error: string | undefined;
}

/** What is measured of a face, in the words that the home knows. */
const measured = [
  ["mouthOpen", "mouth open"],
  ["eyesClosed", "eyes closed"],
  ["frontal", "frontal"],
  ["sharp", "sharp"],
] as const;

/** Where one says what is searched for: words, or a picture. */
export function QueryBar({ words, onWords, onPicture, error }: QueryBarProps) {
  const { search, look } = useWords();
  const classes = useClasses();
  const [typed, setTyped] = useState(words);
  const [isTaking, setTaking] = useState(false);
  useEffect(() => setTyped(words), [words]);
  const add = (word: string) => {
    const next = withWord(typed, word);
    setTyped(next);
    onWords(next);
  };
  return (
    <div className="stack tight">
      {/* biome-ignore lint/a11y/useSemanticElements: the element search is too new for some browsers */}
      <form
        role="search"
        className="search-bar"
        onSubmit={(event) => {
          event.preventDefault();
          onWords(typed);
        }}
      >
        <TextField
          label={search.words.label}
          hideLabel
          value={typed}
          onChange={setTyped}
          placeholder={search.words.example}
          error={error}
          maxLength={1000}
          type="search"
        />
        <Button type="submit" kind="primary" icon={<SearchIcon />}>
          {search.words.find}
        </Button>
        <FileTrigger acceptedFileTypes={["image/*"]} onSelect={(files) => files?.[0] && onPicture(files[0], files[0].name)}>
          <Button icon={<PhotosIcon />}>{search.picture.choose}</Button>
        </FileTrigger>
        <Button icon={<LiveIcon />} onPress={() => setTaking(true)}>
          {search.camera.title}
        </Button>
      </form>
      <ul className="search-words" aria-label={search.words.suggestions}>
        {classes.map((name) => (
          <li key={name}>
            <Button kind="quiet" icon={<ClassMark name={name} classes={classes} />} onPress={() => add(name)}>
              {look(name)}
            </Button>
          </li>
        ))}
        {measured.map(([key, word]) => (
          <li key={key}>
            <Button kind="quiet" onPress={() => add(word)}>
              {search.words.measured[key]}
            </Button>
          </li>
        ))}
      </ul>
      <Camera isOpen={isTaking} onClose={() => setTaking(false)} onTaken={(picture) => onPicture(picture, search.camera.picture)} />
    </div>
  );
}
