import { useWords } from "../../strings/language.ts";

export default function RunsScreen() {
  const words = useWords();
  return (
    <div className="screen">
      <header className="screen-head">
        <h1>{words.runs.title}</h1>
      </header>
    </div>
  );
}
