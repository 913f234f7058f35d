/** What is heard of the page's copy in the browser. */
export interface OfflineNews {
  /** A newer version is kept, and waits; `take` changes to it, and loads the page again. */
  readonly onNewer: (take: () => void) => void;
}

/** The first visit is loaded once more, if nobody did anything yet: threads need headers that only the service worker adds. */
const loadedAgain = "semblant-isolated";

/**
 * Has the browser keep the page's own files, so that it opens without a network and can be installed.
 *
 * @returns whether this browser does
 */
export async function keepOffline({ onNewer }: OfflineNews): Promise<boolean> {
  const { serviceWorker } = navigator;
  if (serviceWorker === undefined || !isSecureContext) return false;
  const hadOne = serviceWorker.controller !== null;
  let touched = false;
  for (const event of ["pointerdown", "keydown", "dragenter"])
    addEventListener(event, () => (touched = true), { once: true, capture: true });
  let takes = false;
  serviceWorker.addEventListener("controllerchange", () => {
    if (takes || (!hadOne && !touched && mayLoadAgain())) location.reload();
  });
  const registration = await serviceWorker.register(new URL("service-worker.js", document.baseURI), { updateViaCache: "none" });
  const tell = (waiting: ServiceWorker | null) => {
    if (waiting === null || serviceWorker.controller === null) return;
    onNewer(() => {
      takes = true;
      waiting.postMessage("take over");
    });
  };
  tell(registration.waiting);
  registration.addEventListener("updatefound", () => {
    const coming = registration.installing;
    coming?.addEventListener("statechange", () => coming.state === "installed" && tell(coming));
  });
  return true;
}

function mayLoadAgain(): boolean {
  if (crossOriginIsolated || sessionStorage.getItem(loadedAgain) !== null) return false;
  sessionStorage.setItem(loadedAgain, "yes");
  return true;
}

/** Asks the browser once not to clear the photos when it runs short of room; some browsers ask the visitor. */
export async function askToKeep(): Promise<void> {
  const { storage } = navigator;
  if (storage?.persist === undefined || (await storage.persisted())) return;
  if (localStorage.getItem("semblant-asked-to-keep") !== null) return;
  localStorage.setItem("semblant-asked-to-keep", "yes");
  await storage.persist();
}
