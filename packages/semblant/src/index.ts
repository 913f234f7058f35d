// What photos are asked, and the library of photos

export * from "@semblant/photos";

// What is installed on this machine

export { type Diagnosis, type ExamineMachineOptions, examineMachine } from "./machine/examine-machine.ts";
