import { useWords } from "../../strings/language.ts";
import { Storage } from "./storage.tsx";

export default function AboutScreen() {
  const words = useWords();
  return (
    <div className="screen">
      <header className="screen-head">
        <h1>{words.about.title}</h1>
      </header>
      <Storage />
    </div>
  );
}
