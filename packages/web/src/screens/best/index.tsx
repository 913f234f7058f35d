import { useWords } from "../../strings/language.ts";

export default function BestScreen() {
  const words = useWords();
  return (
    <div className="screen">
      <header className="screen-head">
        <h1>{words.best.title}</h1>
      </header>
    </div>
  );
}
