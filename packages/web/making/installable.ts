import { readFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import type { Plugin } from "vite";

const drawing = join(import.meta.dirname, "../public/icon.svg");

const manifest = {
  name: "Semblant",
  short_name: "Semblant",
  description: "Faces in your photos by their expressions: a map, search, groups and albums. Nothing leaves the browser.",
  id: "./",
  start_url: "./",
  scope: "./",
  display: "standalone",
  background_color: "#f6f7f9",
  theme_color: "#0b4f8a",
  categories: ["photo", "utilities"],
  icons: [
    { src: "icon.svg", sizes: "any", type: "image/svg+xml", purpose: "any" },
    { src: "icons/icon-192.png", sizes: "192x192", type: "image/png", purpose: "any" },
    { src: "icons/icon-512.png", sizes: "512x512", type: "image/png", purpose: "any" },
    { src: "icons/maskable-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
  ],
};

/** Puts beside the built page what a browser needs to install it: a manifest, and the icon in the sizes that it asks for. */
export function installable(): Plugin {
  return {
    name: "semblant-installable",
    apply: "build",
    async generateBundle() {
      const icon = readFileSync(drawing, "utf8");
      const full = icon.replace(/rx="\d+" /, ""); // systems cut their own corners
      const pictures: readonly (readonly [name: string, svg: string, side: number])[] = [
        ["icon-192", icon, 192],
        ["icon-512", icon, 512],
        ["maskable-512", full, 512],
        ["apple-180", full, 180],
      ];
      for (const [name, svg, side] of pictures) {
        const source = await sharp(Buffer.from(svg), { density: 144 }).resize(side, side).png({ palette: true }).toBuffer();
        this.emitFile({ type: "asset", fileName: `icons/${name}.png`, source });
      }
      this.emitFile({ type: "asset", fileName: "manifest.webmanifest", source: JSON.stringify(manifest) });
    },
  };
}
