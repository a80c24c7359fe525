import { type Metadata } from "next";
import { OwnSessions } from "@/components/own-sessions";
import { requireViewer } from "@/lib/auth/viewer";
import { currentWords } from "@/lib/i18n/current";
import { listOwnSessions } from "@/lib/sessions/manage";
import { endOne, endOthers } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await currentWords()).devices.title };
}

export default async function SessionsPage() {
  const viewer = await requireViewer();
  const [sessions, words] = await Promise.all([listOwnSessions(viewer), currentWords()]);
  return (
    <OwnSessions sessions={sessions} ownId={viewer.session.id} words={words} onEnd={endOne} onEndOthers={endOthers} />
  );
}
