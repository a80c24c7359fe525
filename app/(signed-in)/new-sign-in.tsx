import { NewSignInNotice } from "@/components/new-sign-in";
import { type Words } from "@/lib/i18n/words";
import { findUnreviewed } from "@/lib/sessions/new-device";
import { type Viewer } from "@/lib/sessions/permission";
import { confirmNewSignIn, rejectNewSignIn } from "./actions";

/** Each page draws this itself: Next does not draw a layout again when the page changes. (S21) */
export async function NewSignIn({ viewer, words }: { viewer: Viewer; words: Words }) {
  const session = await findUnreviewed(viewer);
  if (!session) return null;
  return <NewSignInNotice session={session} words={words} onConfirm={confirmNewSignIn} onReject={rejectNewSignIn} />;
}
