import type { Augmentation } from "./augment.ts";
import { noiseAndBlur } from "./blur.ts";
import { clahe } from "./clahe.ts";
import { erasing } from "./erasing.ts";
import { illumination } from "./illumination.ts";
import { jpeg } from "./jpeg.ts";
import { brightness, contrast, gamma, permuteChannels } from "./photometry.ts";
import { resolution } from "./resolution.ts";

/**
 * The list of the paper's authors, in their order, its quirks kept: a contrast that moves the mean, a channel permutation that
 * does nothing to grey faces, CLAHE on tiles of 6×6 pixels.
 *
 * One reading is ours: their random part of the image is cut last, ours first, together with the other moves, so that pixels
 * are interpolated once. Only CLAHE's tiles and the blur's border can tell the two apart.
 */
export const paperAugmentation: Augmentation = {
  name: "paper",
  geometry: { zoom: [0.8, 1.2], moved: 0.5, rotation: 30, shift: 0.2, corners: 0.02, mirrored: 0.5, margin: 5, outside: 2 },
  steps: [
    brightness({ share: 0.5, factor: [0.75, 1.25] }),
    contrast({ share: 0.5, factor: [0.75, 1.25], weight: 3 }),
    gamma({ share: 0.5, factor: [0.75, 1.25] }),
    permuteChannels({ share: 0.5 }),
    clahe({ share: 0.25, tiles: 8, clip: 2 }),
    noiseAndBlur({ share: 0.25, noise: 0.05 }),
  ],
};

/**
 * Milder: the face stays whole in the picture, and a patch of it may be hidden. Shift ±8 % and rotation ±15° are near those
 * of Barsoum et al. 2016, who labelled these faces anew.
 */
export const mildAugmentation: Augmentation = {
  name: "mild",
  geometry: { zoom: [0.9, 1.1], moved: 1, rotation: 15, shift: 0.08, corners: 0.02, mirrored: 0.5, margin: 0, outside: 0 },
  steps: [
    brightness({ share: 0.5, factor: [0.8, 1.2] }),
    contrast({ share: 0.5, factor: [0.75, 1.25] }),
    erasing({ share: 0.25, area: [0.02, 0.15] }),
  ],
};

/**
 * What differs between cameras and between the programs that cut faces: framing, light, contrast, noise, sharpness, resolution
 * and JPEG. For faces that come from elsewhere than those it learns from.
 */
export const wildAugmentation: Augmentation = {
  name: "wild",
  geometry: { zoom: [0.85, 1.2], moved: 1, rotation: 15, shift: 0.08, corners: 0.03, mirrored: 0.5, margin: 0, outside: 0 },
  steps: [
    illumination({ share: 0.3, slope: 0.5 }),
    brightness({ share: 0.5, factor: [0.7, 1.3] }),
    contrast({ share: 0.5, factor: [0.6, 1.4] }),
    gamma({ share: 0.4, factor: [0.6, 1.6] }),
    clahe({ share: 0.1, tiles: 1, clip: 256 }), // one tile without a limit: histogram equalisation
    noiseAndBlur({ share: 0.2, noise: 0.03 }),
    resolution({ share: 0.25, pixels: [16, 40] }),
    jpeg({ share: 0.25, quality: [15, 80] }),
    erasing({ share: 0.25, area: [0.02, 0.15] }),
  ],
};

/** Nothing but what the network needs: the same as {@link prepare}. */
export const noAugmentation: Augmentation = { name: "none", geometry: undefined, steps: [] };

/** By the names that settings use. */
export const augmentations = { paper: paperAugmentation, mild: mildAugmentation, wild: wildAugmentation, none: noAugmentation } as const;
