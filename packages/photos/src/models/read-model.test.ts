import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cardOf } from "@semblant/faces";
import { adaptationText } from "@semblant/faces/internals";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { adaptation, network } from "../../../faces/src/embed/fixtures/adaptation.ts";
import { modelCard } from "./model-card.ts";
import { isModel, pathOfModel, pathOfNetwork, readModel } from "./read-model.ts";

let folder = "";
const at = (...names: string[]) => join(folder, ...names);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "semblant-model-"));
  mkdirSync(at("networks"));
  writeFileSync(at("networks", "tiny.onnx"), network());
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** An adaptation of a network's file. */
const of = (file?: string) => adaptationText({ ...adaptation, network: { ...adaptation.network, ...(file !== undefined && { file }) } });

describe("an adapted model's file", () => {
  it("is a model, whose network lies where it says, or beside it", async () => {
    writeFileSync(at("mine.json"), of("networks/tiny.onnx"));
    expect(isModel(at("mine.json"))).toBe(true);
    expect(cardOf(await readModel(at("mine.json"))).classes).toEqual(["neutral", "happiness", "smirk"]);
    expect(await pathOfNetwork(at("mine.json"))).toBe(at("networks", "tiny.onnx"));
    renameSync(at("networks", "tiny.onnx"), at("tiny.onnx"));
    const { card, text } = await modelCard(at("mine.json"));
    expect(card.name).toBe("tiny, adapted");
    expect(text).toContain("| accuracy, % | 70.0 (60.0–80.0) |");
  });

  it("is refused where its network is gone, is another, or it is damaged itself", async () => {
    writeFileSync(at("mine.json"), of("networks/none.onnx"));
    const { name, checksum } = adaptation.network;
    await expect(readModel(at("mine.json"))).rejects.toThrow(
      `adapted model at ${at("mine.json")}: expected the network that it was made for, "${name}" (${checksum}), ` +
        `at ${at("networks", "none.onnx")}, but there is none.\n  Put it there, or beside the adapted model.`,
    );
    writeFileSync(at("mine.json"), of());
    await expect(readModel(at("mine.json"))).rejects.toThrow(
      `adapted model at ${at("mine.json")}: expected the network that it was made for, "${name}" (${checksum}), ` +
        "but no model at hand is it.\n  Adapt again with the network at hand: semblant adapt",
    );
    writeFileSync(at("mine.json"), of("networks/tiny.onnx").replace("[5,5]", "[5,7]"));
    await expect(readModel(at("mine.json"))).rejects.toThrow(`adapted model at ${at("mine.json")}: expected the checksum`);
    writeFileSync(at("mine.json"), "{}");
    await expect(readModel(at("mine.json"))).rejects.toThrow(
      `adapted model at ${at("mine.json")}: expected a file of semblant adapt, but got something else.`,
    );
    await expect(readModel(at("none.json"))).rejects.toThrow(
      `model: expected best, small, posed or a file, but there is no ${JSON.stringify(at("none.json"))}.`,
    );
  });

  it.skipIf(!existsSync(pathOfModel("small")))("finds the network that ships by its checksum", async () => {
    const small = cardOf(new Uint8Array(readFileSync(pathOfModel("small"))));
    const { gaussians, thresholds, classes, checksum, name } = small;
    const fitted = { ...adaptation, gaussians, thresholds, classes };
    writeFileSync(at("mine.json"), adaptationText({ ...fitted, network: { name, checksum } }));
    expect(cardOf(await readModel(at("mine.json"))).checksum).toBe(checksum);
    expect(await pathOfNetwork(at("mine.json"))).toBe(pathOfModel("small"));
    copyFileSync(pathOfModel("small"), at("small-network.onnx"));
    writeFileSync(at("mine.json"), adaptationText({ ...fitted, network: { ...adaptation.network, file: "small-network.onnx" } }));
    await expect(readModel(at("mine.json"))).rejects.toThrow(
      `expected the network that it was made for, "tiny" (${adaptation.network.checksum}), but got "${name}" (${checksum}).`,
    );
  });
});
