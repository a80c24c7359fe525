import { type Metadata } from "next";
import { OwnSessions } from "@/components/own-sessions";
import { requireViewer } from "@/lib/auth/viewer";
import { currentWords } from "@/lib/i18n/current";
import { ownSessions } from "@/lib/sessions/own";
import { endOne, endOthers } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await currentWords()).devices.title };
}

export default async function SessionsPage() {
  const viewer = await requireViewer();
  const [sessions, words] = await Promise.all([ownSessions(viewer), currentWords()]);
  return (
    <OwnSessions sessions={sessions} ownId={viewer.session.id} words={words} onEnd={endOne} onEndOthers={endOthers} />
  );
}
