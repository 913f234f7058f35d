import { Link, useLocation } from "wouter";

export interface SubNavProps {
  readonly label: string;
  readonly links: readonly { readonly href: string; readonly name: string }[];
}

/** The parts of a screen that each have an address. */
export function SubNav({ label, links }: SubNavProps) {
  const [location] = useLocation();
  return (
    <nav className="tabs-list" aria-label={label}>
      {links.map(({ href, name }) => (
        <Link key={href} href={href} className="tab" {...(location === href && { "aria-current": "page" as const, "data-selected": true })}>
          {name}
        </Link>
      ))}
    </nav>
  );
}
