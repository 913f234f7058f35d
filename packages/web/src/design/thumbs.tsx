import { type ReactNode, useState } from "react";
import { useImage } from "../client/use-image.ts";
import { UnknownFaceIcon } from "./icons/signs.tsx";

interface ThumbProps {
  /** What it shows, aloud; empty where words stand beside it. */
  readonly alt: string;
  /** Laid over its corner. */
  readonly mark?: ReactNode;
  readonly className?: string;
}

/** A face of the library, square. */
export function FaceThumb({ face, ...rest }: ThumbProps & { readonly face: number }) {
  return <Thumb path={`/faces/${face}/thumbnail`} kind="face" {...rest} />;
}

/** A photo of the library, as wide as its place. */
export function PhotoThumb({ photo, ...rest }: ThumbProps & { readonly photo: number }) {
  return <Thumb path={`/photos/${photo}/thumbnail`} kind="photo" {...rest} />;
}

function Thumb({ path, kind, alt, mark, className = "" }: ThumbProps & { readonly path: string; readonly kind: string }) {
  const { address, failed } = useImage(path);
  const [broken, setBroken] = useState<string>();
  const gone = failed || (address !== undefined && broken === address);
  return (
    <span className={`thumb ${kind} ${className}`}>
      {gone ? (
        <span className="gone" role="img" aria-label={alt}>
          <UnknownFaceIcon />
        </span>
      ) : (
        <img src={address} alt={alt} loading="lazy" decoding="async" draggable={false} onError={() => setBroken(address)} />
      )}
      {mark !== undefined && <span className="mark">{mark}</span>}
    </span>
  );
}
