import { useWords } from "../../strings/language.ts";

export default function MapScreen() {
  const words = useWords();
  return (
    <div className="screen">
      <header className="screen-head">
        <h1>{words.map.title}</h1>
      </header>
    </div>
  );
}
