import { type ReactNode, useState } from "react";
import { useImage } from "../client/use-image.ts";
import { UnknownFaceIcon } from "./icons/signs.tsx";

interface ThumbProps {
  /** What it shows, aloud; empty where words stand beside it. */
  readonly alt: string;
  /** Laid over its corner. */
  readonly mark?: ReactNode;
  readonly className?: string;
  /** Of the photo's content: with it the browser need not ask again. */
  readonly version?: string | undefined;
}

const kept = (version: string | undefined) => (version === undefined ? "" : `?v=${version}`);

/** A face of the library, square. */
export function FaceThumb({ face, version, ...rest }: ThumbProps & { readonly face: number }) {
  return <Thumb path={`/faces/${face}/thumbnail${kept(version)}`} kind="face" {...rest} />;
}

/** A photo of the library, as wide as its place. */
export function PhotoThumb({ photo, version, ...rest }: ThumbProps & { readonly photo: number }) {
  return <Thumb path={`/photos/${photo}/thumbnail${kept(version)}`} kind="photo" {...rest} />;
}

function Thumb({ path, kind, alt, mark, className = "" }: Omit<ThumbProps, "version"> & { readonly path: string; readonly kind: string }) {
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
