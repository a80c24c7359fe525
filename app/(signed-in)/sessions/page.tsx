import { type Metadata } from "next";
import { OwnSessions } from "@/components/own-sessions";
import { requireViewer } from "@/lib/auth/viewer";
import { currentWords } from "@/lib/i18n/current";
import { findRevokedByLimit } from "@/lib/sessions/limit";
import { listOwnSessions } from "@/lib/sessions/manage";
import { NewSignIn } from "../new-sign-in";
import { endOne, endOthers } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await currentWords()).devices.title };
}

export default async function SessionsPage() {
  const viewer = await requireViewer();
  const [sessions, overLimit, words] = await Promise.all([
    listOwnSessions(viewer),
    findRevokedByLimit(viewer),
    currentWords(),
  ]);
  return (
    <>
      <NewSignIn viewer={viewer} words={words} />
      <OwnSessions
        sessions={sessions}
        overLimit={overLimit}
        ownId={viewer.session.id}
        words={words}
        onEnd={endOne}
        onEndOthers={endOthers}
      />
    </>
  );
}
