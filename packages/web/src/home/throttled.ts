/** Calls at most once in so many milliseconds, the first time at once; what came meanwhile is one call at the end. */
export function throttled(call: () => void, milliseconds: number): () => void {
  let waits = false;
  let again = false;
  const now = () => {
    call();
    waits = true;
    setTimeout(() => {
      waits = false;
      if (!again) return;
      again = false;
      now();
    }, milliseconds);
  };
  return () => {
    if (waits) again = true;
    else now();
  };
}
