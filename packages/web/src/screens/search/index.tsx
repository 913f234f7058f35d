import { useWords } from "../../strings/language.ts";

export default function SearchScreen() {
  const words = useWords();
  return (
    <div className="screen">
      <header className="screen-head">
        <h1>{words.search.title}</h1>
      </header>
    </div>
  );
}
