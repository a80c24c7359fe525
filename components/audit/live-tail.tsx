"use client";

import { useRouter } from "next/navigation";
import { useCallback, useEffect, useRef, useState, useTransition } from "react";
import { fill } from "@/lib/i18n/fill";
import { type Words } from "@/lib/i18n/words";
import { useAttention } from "../attention";
import { readField } from "../login/answer";
import { followWhileVisible } from "../visible-events";

type Props = {
  /** The position of the chain up to which the page has every event. */
  upTo: number;
  /** The query of the page, as in its address. */
  parameters: string;
  words: Words["audit"]["live"];
};

/** Reads the page anew when it has new events; while a row is open they wait behind a line. */
export function LiveTail({ upTo, parameters, words }: Props) {
  const router = useRouter();
  const attention = useAttention();
  const [waiting, setWaiting] = useState(0);
  const [arrived, setArrived] = useState(0);
  const [isReading, startReading] = useTransition();
  const known = useRef(upTo);

  const show = useCallback(() => {
    startReading(() => {
      router.refresh();
      setArrived(waiting);
      setWaiting(0);
    });
  }, [router, waiting]);

  useEffect(() => {
    known.current = Math.max(known.current, upTo);
  }, [upTo]);

  useEffect(() => {
    const address = () => `/api/admin/audit/events?since=${known.current}&${parameters}`;
    return followWhileVisible({
      address,
      receive(data) {
        const news = readNews(data);
        if (news === "ended") {
          // The page itself says what follows from the end of the permission.
          router.refresh();
          return true;
        }
        if (news.upTo > known.current) setWaiting((count) => count + news.count);
        known.current = Math.max(known.current, news.upTo);
        return false;
      },
    });
  }, [parameters, router]);

  useEffect(() => {
    if (waiting > 0 && attention === null && !isReading) show();
  }, [waiting, attention, isReading, show]);

  const text = attention === "reading" ? words.held : words.waiting;
  return (
    <div role="status">
      {attention !== null && waiting > 0 ? (
        <button
          type="button"
          onClick={show}
          className="w-full border-t border-line bg-accent-soft px-4 py-2 text-center text-sm text-accent hover:underline pointer-coarse:min-h-11"
        >
          {fill(text, { count: waiting })}
        </button>
      ) : (
        <span className="sr-only">{arrived > 0 && fill(words.arrived, { count: arrived })}</span>
      )}
    </div>
  );
}

/** What the stream says: how many events are new up to a position, or that it has ended. */
function readNews(data: string): { upTo: number; count: number } | "ended" {
  const message: unknown = JSON.parse(data);
  if (readField(message, "ended") === true) return "ended";
  return { upTo: Number(readField(message, "upTo")), count: Number(readField(message, "count")) };
}
