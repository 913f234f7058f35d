import { QueryClientProvider } from "@tanstack/react-query";
import { Suspense, useEffect } from "react";
import { I18nProvider, RouterProvider } from "react-aria-components";
import { Redirect, Route, Router, Switch, useLocation, useRouter } from "wouter";
import { useEvents } from "../client/events.ts";
import { home } from "../client/home.ts";
import { useAbout } from "../client/library.ts";
import { queryClient } from "../client/query-client.ts";
import { LinkButton } from "../design/button.tsx";
import { Notices } from "../design/notices.tsx";
import { Empty, Waiting } from "../design/states.tsx";
import { useLanguage, useWords } from "../strings/language.ts";
import { Failure } from "./failure.tsx";
import { Frame } from "./frame.tsx";
import { useHashLocation } from "./hash-location.ts";
import { useOffline } from "./offline.ts";
import { routes, screens, titleOf } from "./screens.ts";

/** A static page has one file, whatever the address: what is open stands behind the #. */
const routing = home === "browser" ? { hook: useHashLocation } : {};

export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <Router {...routing}>
        <Page />
      </Router>
    </QueryClientProvider>
  );
}

function Page() {
  const { language } = useLanguage();
  const [location, navigate] = useLocation();
  const { hrefs } = useRouter();
  useEvents();
  useOffline();
  useTitle(location);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return (
    <I18nProvider locale={language === "de" ? "de-DE" : "en-US"}>
      <RouterProvider navigate={navigate} useHref={hrefs as (href: string) => string}>
        <Frame>
          <Failure place={location}>
            <Suspense fallback={<Waiting />}>
              <Screens />
            </Suspense>
          </Failure>
        </Frame>
        <Notices />
      </RouterProvider>
    </I18nProvider>
  );
}

function Screens() {
  const { shell } = useWords();
  return (
    <Switch>
      <Route path="/">
        <Redirect to="/photos" replace />
      </Route>
      {routes.map(({ path, Screen }) => (
        <Route key={path} path={path}>
          <Screen />
        </Route>
      ))}
      <Route>
        <div className="screen">
          <h1 className="only-read">{shell.missing}</h1>
          <Empty title={shell.missing}>
            <LinkButton href="/photos">{shell.toPhotos}</LinkButton>
          </Empty>
        </div>
      </Route>
    </Switch>
  );
}

/** The window's title says which screen of which library is open. */
function useTitle(location: string): void {
  const words = useWords();
  const { data: about } = useAbout();
  const screen = screens.find(({ name, also }) => location.startsWith(`/${name}`) || (also !== undefined && location.startsWith(also)));
  useEffect(() => {
    document.title = [
      screen ? titleOf(screen.name, words) : location.startsWith("/about") && words.about.link,
      home === "browser" ? about?.name || words.browser.name : about?.name,
      "Semblant",
    ]
      .filter(Boolean)
      .join(" · ");
  }, [screen, location, words, about?.name]);
}
