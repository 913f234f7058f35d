const place = "semblant-voter";

/** Who voted last in this browser; "" where nobody did. */
export function lastVoter(): string {
  try {
    return localStorage.getItem(place) ?? "";
  } catch {
    return ""; // a browser that keeps nothing
  }
}

export function keepVoter(name: string): void {
  try {
    localStorage.setItem(place, name);
  } catch {
    // It is asked for again next time.
  }
}
