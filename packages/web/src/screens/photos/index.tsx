import { useWords } from "../../strings/language.ts";

export default function PhotosScreen() {
  const words = useWords();
  return (
    <div className="screen">
      <header className="screen-head">
        <h1>{words.photos.title}</h1>
      </header>
    </div>
  );
}
