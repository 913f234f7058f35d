export * from "@semblant/photos";
export { type Diagnosis, type ExamineMachineOptions, examineMachine } from "./commands/doctor.ts";
