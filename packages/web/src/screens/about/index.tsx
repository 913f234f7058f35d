import { home } from "../../client/home.ts";
import { useAbout } from "../../client/library.ts";
import { useWords } from "../../strings/language.ts";
import { Keys } from "./keys.tsx";
import { Model } from "./model.tsx";
import { Storage } from "./storage.tsx";
import { Version } from "./version.tsx";
import "./about.css";

const explanation = "https://github.com/semblant/semblant/blob/main/docs/explanation/not-for.md";

/** What the app is and is not, in plain words: for who opens it first. */
export default function AboutScreen() {
  const { about: words } = useWords();
  const { data: about } = useAbout();
  const { does, doesNot, here } = words;
  return (
    <div className="screen">
      <header className="screen-head">
        <h1>{words.title}</h1>
      </header>
      <div className="about">
        <section className="card stack tight">
          <h2>{does.title}</h2>
          <p>{does.text}</p>
          <p>{does.uses}</p>
          <p>{does.words}</p>
        </section>
        <section className="card stack tight">
          <h2>{doesNot.title}</h2>
          <p>{doesNot.feelings}</p>
          <p>{doesNot.identity}</p>
          <p>{doesNot.mistakes}</p>
          <p>
            {doesNot.never}{" "}
            <a href={explanation} target="_blank" rel="noreferrer">
              {doesNot.more}
            </a>
          </p>
        </section>
        <section className="card stack tight">
          <h2>{here.title}</h2>
          <p>{home === "browser" ? here.browser : about?.database === undefined ? here.server : here.reached}</p>
          <p>{here.photos}</p>
          <p>{home === "browser" ? here.keptThere : about?.database === undefined ? here.kept : here.keptOnServer}</p>
          <p>{here.care}</p>
          {about?.root !== undefined && <p className="soft name">{about.root}</p>}
          {about?.database !== undefined && <p className="soft name">{about.database}</p>}
        </section>
        <Storage />
        {about !== undefined && <Model model={about.model} />}
        <Keys />
        <Version licence={about?.model?.licence} />
      </div>
    </div>
  );
}
