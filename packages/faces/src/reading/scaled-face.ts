import type { DetectedFace } from "../face.ts";
import type { FaceQuality } from "../quality/face-quality.ts";

type Scaled = Pick<DetectedFace, "box" | "landmarks"> & { readonly quality: FaceQuality };

/** A face of a picture that was made smaller, in pixels of the picture that is `s` times as large. */
export function scaledFace<F extends Scaled>(face: F, s: number): F {
  if (s === 1) return face;
  const { box, landmarks, quality } = face;
  const point = ({ x, y }: { x: number; y: number }) => ({ x: x * s, y: y * s });
  const { leftEye, rightEye, mouth, nose } = landmarks;
  return {
    ...face,
    box: { x: box.x * s, y: box.y * s, width: box.width * s, height: box.height * s },
    landmarks: { leftEye: point(leftEye), rightEye: point(rightEye), mouth: point(mouth), nose: point(nose) },
    quality: { ...quality, side: quality.side * s },
  };
}
