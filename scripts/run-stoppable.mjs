import { spawn } from "node:child_process";
import { constants } from "node:os";

const signals = ["SIGINT", "SIGTERM", "SIGHUP"];

/**
 * Runs a program to its end and hands it every signal that would end this process, so that none trains on without its parent. It is in a
 * process group of its own: a terminal's Ctrl-C then reaches it once, by way of this process, and not twice, which would end it at once.
 *
 * @returns its status, as a shell gives it, and what it said where its output is a pipe
 */
export function runStoppable(file, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { ...options, detached: true });
    const hand = (signal) => child.kill(signal);
    for (const signal of signals) process.on(signal, hand);
    let said = "";
    child.stdout?.setEncoding("utf8").on("data", (text) => {
      said += text;
    });
    const leave = (then) => {
      for (const signal of signals) process.off(signal, hand);
      then();
    };
    child.on("error", (error) => leave(() => reject(error)));
    child.on("close", (code, signal) => leave(() => resolve({ status: code ?? 128 + constants.signals[signal], said })));
  });
}
