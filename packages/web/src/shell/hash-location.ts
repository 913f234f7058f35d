import { useSyncExternalStore } from "react";

/** Where the page is when it has one file: "/search" and "face=12" of index.html#/search?face=12. */
const parts = () => {
  const [path = "", search = ""] = location.hash.replace(/^#?\/?/, "/").split("?");
  return { path, search };
};

const moved = "semblant-moved";

function subscribe(changed: () => void): () => void {
  for (const event of ["hashchange", "popstate", moved]) addEventListener(event, changed);
  return () => {
    for (const event of ["hashchange", "popstate", moved]) removeEventListener(event, changed);
  };
}

function navigate(to: string, { replace = false, state = null }: { readonly replace?: boolean; readonly state?: unknown } = {}): void {
  history[replace ? "replaceState" : "pushState"](state, "", `#${to}`);
  dispatchEvent(new Event(moved));
}

/** For wouter: wouter's own of this name leaves the search in front of the #, so that such an address opens elsewhere. */
export const useHashLocation = Object.assign(
  (): [string, typeof navigate] => [useSyncExternalStore(subscribe, () => parts().path), navigate],
  {
    hrefs: (href: string) => `#${href}`,
    searchHook: () => useSyncExternalStore(subscribe, () => parts().search),
  },
);
