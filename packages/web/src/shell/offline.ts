import { useEffect } from "react";
import { home } from "../client/home.ts";
import { useAbout } from "../client/library.ts";
import { notify } from "../design/notices.tsx";
import { askToKeep, keepOffline } from "../home/offline.ts";
import { useWords } from "../strings/language.ts";

/** Keeps the page and its photos in the browser, where that is its home; says calmly that a newer version is there. */
export function useOffline(): void {
  const { browser } = useWords();
  const { data: about } = useAbout();
  const hasPhotos = home === "browser" && about !== undefined && about.photos > 0;
  useEffect(() => {
    if (home !== "browser") return;
    keepOffline({ onNewer: (take) => notify({ text: browser.newer, action: { name: browser.takeNewer, onPress: take } }) }).catch((error) =>
      console.warn("The page is not kept for use without a network.", error),
    );
  }, [browser]);
  useEffect(() => {
    if (hasPhotos) void askToKeep();
  }, [hasPhotos]);
}
