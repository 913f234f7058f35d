import { type ReactNode, useRef } from "react";
import { Link, useLocation } from "wouter";
import { useConnection } from "../client/events.ts";
import { useAbout } from "../client/library.ts";
import { Button } from "../design/button.tsx";
import { InfoIcon, WarningIcon } from "../design/icons/signs.tsx";
import { useLanguage, useWords } from "../strings/language.ts";
import { count } from "../strings/numbers.ts";
import { Navigation } from "./navigation.tsx";
import { Settings } from "./settings.tsx";

/** What stands around each screen: the library's name, the navigation, and whether the home is there. */
export function Frame({ children }: { readonly children: ReactNode }) {
  const { shell } = useWords();
  const content = useRef<HTMLElement>(null);
  return (
    <div className="frame">
      <Button kind="primary" className="skip" onPress={() => content.current?.focus()}>
        {shell.skip}
      </Button>
      <header className="side">
        <Brand />
        <Navigation />
        <div className="side-foot">
          <Settings />
          <AboutLink />
        </div>
      </header>
      <main ref={content} className="content" tabIndex={-1}>
        <Away />
        {children}
      </main>
    </div>
  );
}

function Brand() {
  const { shell } = useWords();
  const { language } = useLanguage();
  const { data: about } = useAbout();
  const counts =
    about &&
    (about.photos === 0 ? [shell.empty] : [shell.photos(count(about.photos, language)), shell.faces(count(about.faces, language))]);
  const lines = [...(counts ?? []), ...(about?.readonly ? [shell.readonly] : [])];
  return (
    <Link href="/photos" className="brand">
      <img src={new URL("icon.svg", document.querySelector<HTMLLinkElement>("link[rel=icon]")?.href).href} alt="" />
      <span>
        <b>{about?.name || "Semblant"}</b>
        <span className="brand-counts numbers">
          {lines.map((line) => (
            <span key={line}>{line}</span>
          ))}
        </span>
      </span>
    </Link>
  );
}

/** What the app is: always in sight where there is room, in the menu of settings on a phone. */
function AboutLink() {
  const { about } = useWords();
  const [location] = useLocation();
  return (
    <Link href="/about" className="about-link" aria-current={location === "/about" ? "page" : undefined}>
      <InfoIcon />
      {about.link}
    </Link>
  );
}

/** Says that the home went away, for as long as it is. */
function Away() {
  const { shell } = useWords();
  const connection = useConnection();
  return (
    <div role="status">
      {connection !== "here" && (
        <p className="away">
          <WarningIcon />
          {connection === "away" ? shell.away : shell.stranger}
        </p>
      )}
    </div>
  );
}
