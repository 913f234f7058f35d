import { useWords } from "../../strings/language.ts";

export default function AdaptScreen() {
  const words = useWords();
  return (
    <div className="screen">
      <header className="screen-head">
        <h1>{words.adapt.title}</h1>
      </header>
    </div>
  );
}
