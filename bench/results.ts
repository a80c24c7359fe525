import { type CallsRow } from "./calls";
import { type CpuRow } from "./cpu";
import { type Latency } from "./latency";
import { type Tickets } from "./tickets";
import { type Weight } from "./weight";

export type Results = {
  machine: { cores: number; node: string; platform: string };
  calls: CallsRow[];
  latency: Latency;
  cpu: CpuRow[];
  weight: Weight;
  tickets: Tickets;
};
