import { type RefObject, useEffect, useState } from "react";

/** Milliseconds at which a video file stands, told with each picture that it shows. */
export function useShownTime(video: RefObject<HTMLVideoElement | null>, isFile: boolean): number {
  const [time, setTime] = useState(0);
  useEffect(() => {
    const element = video.current;
    if (element === null || !isFile) return;
    const tell = () => setTime(element.currentTime * 1000);
    let handle = element.requestVideoFrameCallback(function again() {
      tell();
      handle = element.requestVideoFrameCallback(again);
    });
    element.addEventListener("seeked", tell);
    tell();
    return () => {
      element.cancelVideoFrameCallback(handle);
      element.removeEventListener("seeked", tell);
    };
  }, [video, isFile]);
  return time;
}

/** Whether a video stands. */
export function useIsPaused(video: RefObject<HTMLVideoElement | null>): boolean {
  const [paused, setPaused] = useState(true);
  useEffect(() => {
    const element = video.current;
    if (element === null) return;
    const stop = new AbortController();
    const tell = () => setPaused(element.paused || element.ended);
    for (const name of ["play", "pause", "ended", "emptied"]) element.addEventListener(name, tell, { signal: stop.signal });
    tell();
    return () => stop.abort();
  }, [video]);
  return paused;
}
