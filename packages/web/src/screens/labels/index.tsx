import { useWords } from "../../strings/language.ts";

export default function LabelsScreen() {
  const words = useWords();
  return (
    <div className="screen">
      <header className="screen-head">
        <h1>{words.labels.title}</h1>
      </header>
    </div>
  );
}
