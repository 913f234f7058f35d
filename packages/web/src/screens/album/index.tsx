import { useWords } from "../../strings/language.ts";

export default function AlbumScreen() {
  const words = useWords();
  return (
    <div className="screen">
      <header className="screen-head">
        <h1>{words.album.title}</h1>
      </header>
    </div>
  );
}
