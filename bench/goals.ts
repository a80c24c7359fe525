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

export type Goal = { what: string; isMet: boolean; found: string };

const maxLatencyRatio = 1.08;
const maxOwnBytes = 5 * 1024;
const waitingDesktops = 2000;
const maxWaitingMb = 200;
const maxWaitingPercent = 5;
const maxTapMs = 20;
const expectedCalls = { "qr first": 4, "qr known": 3, "silent first": 2, "silent known": 1 };

/** Compares one run with the project's goals. */
export function checkGoals({ calls, latency, weight, tickets }: Results): Goal[] {
  return [...calls.map(checkCalls), ...checkLatency(latency), ...checkWeight(weight), ...checkTickets(tickets)];
}

function checkCalls({ method, who, warm }: CallsRow): Goal {
  const expected = expectedCalls[`${method} ${who}`];
  const what = `${method}, ${who}: ${expected} calls before the response`;
  return { what, isMet: warm.waited === expected, found: String(warm.waited) };
}

function checkLatency({ rows, bareCall }: Latency): Goal[] {
  const firstSignIns = rows.filter(({ who }) => who === "first");
  return firstSignIns.map(({ method, calls, ours }) => {
    // Bare calls in the same rounds are the reference: every program has the same timer and connection delays.
    const ratio = ours.median / (calls * bareCall.median);
    const what = `first sign-in, ${method}: at most ${maxLatencyRatio} of the unavoidable calls, made bare`;
    return { what, isMet: ratio <= maxLatencyRatio, found: ratio.toFixed(3) };
  });
}

function checkWeight({ own, packages }: Weight): Goal[] {
  const what = `our own script on /login: at most ${maxOwnBytes} bytes gzip`;
  const excluded = packages.map(({ name, isFound, isSearchable }) => ({
    what: `no ${name} on /login`,
    isMet: isSearchable && !isFound,
    found: isSearchable ? String(isFound) : "the search does not find it anywhere, so it proves nothing",
  }));
  return [{ what, isMet: own <= maxOwnBytes, found: String(own) }, ...excluded];
}

/** On a machine that is too slow to open all desktops in time, the result is projected to all of them. */
function checkTickets({ tap, waiting: { desktops, addedMb, share } }: Tickets): Goal[] {
  const scale = waitingDesktops / desktops;
  const note = scale > 1 ? ` (projected from ${desktops})` : "";
  const what = `${waitingDesktops} desktops waiting`;
  const [memoryMb, percent] = [addedMb * scale, share * scale * 100];
  return [
    {
      what: `${what}: less than ${maxWaitingMb} MB`,
      isMet: memoryMb < maxWaitingMb,
      found: `${memoryMb.toFixed(0)} MB${note}`,
    },
    {
      what: `${what}: less than ${maxWaitingPercent} % of a core`,
      isMet: percent < maxWaitingPercent,
      found: `${percent.toFixed(1)} %${note}`,
    },
    {
      what: `from the tap to the desktop's event: less than ${maxTapMs} ms at p99`,
      isMet: tap.p99 < maxTapMs,
      found: `${tap.p99.toFixed(1)} ms`,
    },
  ];
}
