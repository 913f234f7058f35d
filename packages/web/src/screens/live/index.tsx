import { useWords } from "../../strings/language.ts";

export default function LiveScreen() {
  const words = useWords();
  return (
    <div className="screen">
      <header className="screen-head">
        <h1>{words.live.title}</h1>
      </header>
    </div>
  );
}
