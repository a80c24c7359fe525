import { type Results } from "./results";

export type Goal = { what: string; isMet: boolean; found: string };

const mostLatency = 1.08;
const mostOwnBytes = 6 * 1024;
const waitingDesktops = 2000;
const mostWaitingMb = 200;
const mostWaitingPercent = 5;
const mostTapMs = 20;
const waitedFor = { "qr first": 4, "qr known": 3, "silent first": 2, "silent known": 1 };

/** The project's own goals, held against one run. */
export function judge({ calls, latency, weight, tickets }: Results): Goal[] {
  return [
    ...calls.map(({ way, who, warm }) => {
      const most = waitedFor[`${way} ${who}`];
      return {
        what: `${way}, ${who}: ${most} calls waited for`,
        isMet: warm.waited === most,
        found: String(warm.waited),
      };
    }),
    ...latency.rows
      .filter(({ who }) => who === "first")
      .map(({ way, calls: unavoidable, ours }) => {
        // Against the same calls made bare in the same rounds: a timer and a connection are late in every program alike.
        const ratio = ours.median / (unavoidable * latency.bareCall.median);
        const what = `first sign-in, ${way}: at most ${mostLatency} of the unavoidable calls, made bare`;
        return { what, isMet: ratio <= mostLatency, found: ratio.toFixed(3) };
      }),
    {
      what: `our own script on /login: at most ${mostOwnBytes} bytes gzip`,
      isMet: weight.own <= mostOwnBytes,
      found: String(weight.own),
    },
    ...weight.strangers.map(({ name, isFound, isProven }) => ({
      what: `no ${name} on /login`,
      isMet: isProven && !isFound,
      found: isProven ? String(isFound) : "the search finds it nowhere, so it proves nothing",
    })),
    ...judgeTickets(tickets),
  ];
}

/** A machine too slow to get all of them waiting in time is judged by what so many would take. */
function judgeTickets({ tap, waiting: { desktops, addedMb, share } }: Results["tickets"]): Goal[] {
  const scale = waitingDesktops / desktops;
  const from = scale > 1 ? ` (projected from ${desktops})` : "";
  const what = `${waitingDesktops} desktops waiting`;
  const [memoryMb, percent] = [addedMb * scale, share * scale * 100];
  return [
    {
      what: `${what}: less than ${mostWaitingMb} MB`,
      isMet: memoryMb < mostWaitingMb,
      found: `${memoryMb.toFixed(0)} MB${from}`,
    },
    {
      what: `${what}: less than ${mostWaitingPercent} % of a core`,
      isMet: percent < mostWaitingPercent,
      found: `${percent.toFixed(1)} %${from}`,
    },
    {
      what: `from the tap to the desktop's event: less than ${mostTapMs} ms at p99`,
      isMet: tap.p99 < mostTapMs,
      found: `${tap.p99.toFixed(1)} ms`,
    },
  ];
}
