import { type SandboxClient } from "../sandbox/control-client";
import { type TargetOptions } from "./targets";

/** What a measure works with: a sandbox and a database that no other measure uses. */
export type Setup = {
  sandbox: SandboxClient;
  options: TargetOptions;
  /** The number of repetitions, reduced by the run's scale. */
  times: (full: number) => number;
};
