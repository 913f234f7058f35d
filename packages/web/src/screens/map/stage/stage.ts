import { type PaintedFrame, PointsLayer, radiusOf } from "../paint/points-layer.ts";
import { lineAround, rowsWithin } from "../plane/lasso.ts";
import { type Direction, nextRow } from "../plane/next-row.ts";
import { PointIndex } from "../plane/point-index.ts";
import { type Bounds, boundsOfView, type Point, type Size, toMap, toScreen, type View } from "../plane/view.ts";
import { Camera } from "./camera.ts";
import { Colors } from "./colors.ts";
import { listen } from "./gestures.ts";
import { drawOverlay, type Overlay } from "./overlay.ts";
import { isShownIn, type Scene } from "./scene.ts";
import { FacePictures, freeRows } from "./thumbnails.ts";

export interface StageEvents {
  /** The pointer is at a face, or at none; where that is, in pixels from the map's corner. */
  onHover(row: number | undefined, at: Point | undefined): void;
  /** A face was pressed, or the empty ground. */
  onPress(row: number | undefined): void;
  /** Faces within a line that was drawn. */
  onLasso(rows: readonly number[]): void;
  onPainted?(frame: PaintedFrame): void;
}

/** What a picture of the map as it is seen is made of. */
export interface Seen {
  readonly view: View;
  readonly size: Size;
  readonly radius: number;
  readonly color: (css: string) => string;
}

/** Faces in view at most that are shown as faces by themselves. */
const NEAR = 120;
/** Milliseconds that the view rests before faces are chosen anew. */
const REST = 120;
/** How near a pointer must be to a point, in pixels. */
const MOUSE = 12;
const FINGER = 24;

/** The map on the page: its canvases, what moves it, and what is seen. React tells it what to show and hears what is done. */
export class Stage {
  readonly #points: PointsLayer;
  readonly #context: CanvasRenderingContext2D;
  readonly #events: StageEvents;
  readonly #pictures = new FacePictures(() => this.#drawSoon());
  readonly #colors: Colors;
  readonly #stops: (() => void)[] = [];
  readonly camera = new Camera(() => this.#present());
  #scene: Scene | undefined;
  #index: PointIndex | undefined;
  #faces: readonly number[] = [];
  #line: readonly Point[] = [];
  #hovered = -1;
  #frame = 0;
  #rest: ReturnType<typeof setTimeout> | undefined;
  /** Whether a drag draws a line. */
  lassoes = false;

  constructor(root: HTMLElement, points: HTMLCanvasElement, overlay: HTMLCanvasElement, events: StageEvents) {
    const context = overlay.getContext("2d");
    if (context === null) throw new Error("This browser draws nothing.");
    this.#context = context;
    this.#events = events;
    this.#colors = new Colors(root);
    this.#points = new PointsLayer(points, events.onPainted?.bind(events));
    const resized = new ResizeObserver(() => this.#resize(root));
    resized.observe(root);
    const recolor = () => {
      this.#colorPoints();
      this.#drawSoon();
    };
    const gestures = {
      move: (dx: number, dy: number) => this.camera.move(dx, dy),
      zoom: (factor: number, at: Point) => this.camera.zoomAt(factor, at),
      tap: (at: Point, byTouch: boolean) => events.onPress(this.#rowAt(at, byTouch ? FINGER : MOUSE)),
      hover: (at: Point | undefined) => this.#hover(at),
      lasso: (line: readonly Point[], isDone: boolean) => this.#lasso(line, isDone),
      isLasso: () => this.lassoes,
    };
    this.#stops.push(() => resized.disconnect(), this.#colors.onScheme(recolor), listen(root, gestures));
  }

  close(): void {
    for (const stop of this.#stops) stop();
    this.camera.stop();
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#rest);
    this.#points.close();
    this.#pictures.close();
  }

  show(scene: Scene): void {
    const before = this.#scene;
    this.#scene = scene;
    if (before?.groups !== scene.groups || before.off !== scene.off || before.entries !== scene.entries) this.#colorPoints();
    if (before?.chosen !== scene.chosen) this.#points.take({ chosen: scene.chosen });
    if (before?.positions !== scene.positions) {
      this.#index = undefined;
      this.#points.take({ positions: scene.positions });
      this.camera.take({ positions: scene.positions });
    }
    if (scene.show === "points" || scene.moving) this.#faces = [];
    this.#chooseLater();
    this.#drawSoon();
  }

  /** Moves the view as little as shows a row. */
  reveal(row: number): void {
    if (this.#scene !== undefined) this.camera.reveal(this.#at(row));
  }

  /** The next row in a direction; from none, the row nearest to the middle of what is seen. −1 where there is none. */
  next(from: number | undefined, direction: Direction): number {
    if (this.#scene === undefined) return -1;
    if (from !== undefined) return nextRow(this.#scene.positions, from, direction, isShownIn(this.#scene));
    const { view, size } = this.camera;
    return this.#sorted().nearest(view.x, view.y, Math.hypot(size.width, size.height) / view.scale, isShownIn(this.#scene));
  }

  /** A rectangle in parts of what is seen, from the upper left: shown, or taken. */
  rectangle({ left, right, top, bottom }: Bounds, isDone: boolean): void {
    const { width, height } = this.camera.size;
    const corners = lineAround({ left: left * width, right: right * width, top: top * height, bottom: bottom * height });
    const line = Array.from({ length: 4 }, (_, i) => ({ x: corners[2 * i] as number, y: corners[2 * i + 1] as number }));
    this.#lasso(line, isDone);
  }

  dropLine(): void {
    this.#lasso([], true);
  }

  get seen(): Seen {
    const { view, size } = this.camera;
    return { view, size, radius: this.#radius, color: this.#colors.of };
  }

  get #radius(): number {
    const { view, size, whole } = this.camera;
    return radiusOf(this.#scene?.id.length ?? 1, size, view.scale / whole.scale);
  }

  #colorPoints(): void {
    const scene = this.#scene;
    if (scene === undefined) return;
    const styles = scene.entries.map(({ color, shape }) => ({ color: this.#colors.numberOf(color), shape }));
    const isOff = scene.entries.map(({ key }) => scene.off.has(key));
    const groups = scene.off.size === 0 ? scene.groups : scene.groups.map((group) => (isOff[group] ? 255 : group));
    this.#points.take({ groups, styles, ground: this.#colors.numberOf("var(--card)") });
  }

  #sorted(): PointIndex {
    this.#index ??= new PointIndex((this.#scene as Scene).positions, this.camera.bounds);
    return this.#index;
  }

  #at(row: number): Point {
    const { positions } = this.#scene as Scene;
    return { x: positions[2 * row] as number, y: positions[2 * row + 1] as number };
  }

  #rowAt({ x, y }: Point, reach: number): number | undefined {
    if (this.#scene === undefined) return undefined;
    const { view, size } = this.camera;
    const at = toMap(view, size, x, y);
    const row = this.#sorted().nearest(at.x, at.y, reach / view.scale, isShownIn(this.#scene));
    return row === -1 ? undefined : row;
  }

  #hover(at: Point | undefined): void {
    const row = at === undefined || this.#scene?.moving ? undefined : this.#rowAt(at, MOUSE);
    if ((row ?? -1) === this.#hovered) return;
    this.#hovered = row ?? -1;
    const { view, size } = this.camera;
    this.#events.onHover(row, row === undefined ? undefined : toScreen(view, size, this.#at(row).x, this.#at(row).y));
    this.#drawSoon();
  }

  #lasso(line: readonly Point[], isDone: boolean): void {
    this.#line = isDone ? [] : line.slice();
    if (isDone && line.length > 2 && this.#scene !== undefined) {
      const { view, size } = this.camera;
      const corners = new Float32Array(2 * line.length);
      for (const [i, point] of line.entries()) {
        const { x, y } = toMap(view, size, point.x, point.y);
        corners.set([x, y], 2 * i);
      }
      this.#events.onLasso(rowsWithin(corners, { positions: this.#scene.positions, index: this.#sorted() }, isShownIn(this.#scene)));
    }
    this.#drawSoon();
  }

  #resize(root: HTMLElement): void {
    const { width, height } = root.getBoundingClientRect();
    if (width < 1 || height < 1) return;
    this.#context.canvas.width = Math.round(width * pixelRatio());
    this.#context.canvas.height = Math.round(height * pixelRatio());
    this.camera.take({ size: { width, height } });
  }

  /** The view or the points changed. */
  #present(): void {
    if (this.#scene === undefined) return;
    if (this.#hovered >= 0) this.#hover(undefined);
    this.#points.show(this.camera.view, this.camera.size, this.#radius);
    this.#chooseLater();
    this.#drawSoon();
  }

  #chooseLater(): void {
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => {
      this.#chooseFaces();
      this.#drawSoon();
    }, REST);
  }

  /** Which faces are shown as such. */
  #chooseFaces(): void {
    const scene = this.#scene;
    this.#faces = [];
    if (scene === undefined || scene.show === "points" || scene.moving) return;
    const { view, size } = this.camera;
    const isShown = isShownIn(scene);
    let inView = 0;
    if (scene.show === "near") {
      this.#sorted().eachIn(boundsOfView(view, size), (row) => {
        if (isShown(row)) inView += 1;
        return inView > NEAR;
      });
    }
    if (inView <= NEAR) this.#faces = freeRows(scene.positions, this.#sorted(), { view, size }, isShown);
    this.#pictures.want(this.#faces.map((row) => scene.id[row] as number));
  }

  #drawSoon(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => {
      const { view, size } = this.camera;
      if (this.#scene !== undefined) drawOverlay(this.#context, { view, size, ratio: pixelRatio() }, this.#overlay(this.#scene));
    });
  }

  #overlay(scene: Scene): Overlay {
    const { entries, groups, ellipses, names, chosen, focus, neighbors, off } = scene;
    const color = this.#colors.of;
    const entryOf = (row: number) => entries[groups[row] as number];
    const colorOf = (row: number) => color(entryOf(row)?.color ?? "var(--soft)");
    const mark = (row: number, strong: boolean) =>
      ({ at: this.#at(row), shape: entryOf(row)?.shape ?? "circle", color: colorOf(row), strong }) as const;
    // A face that is shown as such needs no mark over it.
    const bare = (row: number) => !this.#faces.includes(row) || this.#pictures.of(scene.id[row] as number) === undefined;
    const marks =
      focus === undefined
        ? []
        : [...neighbors.filter(bare).map((row) => mark(row, false)), ...[focus].filter(bare).map((row) => mark(row, true))];
    const drawn = entries.map(({ key }, i) => (off.has(key) ? undefined : ellipses[i]));
    const isFaded = (row: number) => chosen !== undefined && chosen[row] !== 1;
    return {
      ellipses: drawn.flatMap((ellipse, i) =>
        ellipse === undefined ? [] : [{ ellipse, color: color(entries[i]?.color ?? ""), name: names[i] ?? "" }],
      ),
      pictures: this.#faces.flatMap((row) => {
        const picture = this.#pictures.of(scene.id[row] as number);
        return picture === undefined
          ? []
          : [{ at: this.#at(row), picture, color: row === focus ? color("var(--accent)") : colorOf(row), isFaded: isFaded(row) }];
      }),
      lines: focus === undefined || neighbors.length === 0 ? [] : [focus, ...neighbors].map((row) => this.#at(row)),
      marks: this.#hovered >= 0 && this.#hovered !== focus ? [...marks, mark(this.#hovered, false)] : marks,
      lasso: this.#line,
      ink: color("var(--ink)"),
      ground: color("var(--card)"),
      accent: color("var(--accent)"),
    };
  }
}

const pixelRatio = () => Math.min(devicePixelRatio, 2);
