import { useWords } from "../../strings/language.ts";

export default function AboutScreen() {
  const words = useWords();
  return (
    <div className="screen">
      <header className="screen-head">
        <h1>{words.about.title}</h1>
      </header>
    </div>
  );
}
