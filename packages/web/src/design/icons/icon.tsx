export interface IconProps {
  readonly className?: string;
}

/** A drawing of 24 by 24 in lines of the text's colour; says nothing aloud, since words stand beside it. */
export function Icon({ className = "", path, bold = false }: IconProps & { readonly path: string; readonly bold?: boolean }) {
  return (
    <svg className={`icon ${bold ? "bold" : ""} ${className}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={path} />
    </svg>
  );
}
