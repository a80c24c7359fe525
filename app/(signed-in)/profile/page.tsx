import { type Metadata } from "next";
import { EmployeeCard } from "@/components/employee-card";
import { SessionFacts } from "@/components/sessions";
import { Card } from "@/components/ui/card";
import { requireViewer } from "@/lib/auth/viewer";
import { getOwnProfile } from "@/lib/employees/profile";
import { currentWords } from "@/lib/i18n/current";
import { NewSignIn } from "../new-sign-in";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await currentWords()).people.profile.title };
}

export default async function ProfilePage() {
  const viewer = await requireViewer();
  const [profile, words] = await Promise.all([getOwnProfile(viewer), currentWords()]);
  return (
    <>
      <NewSignIn viewer={viewer} words={words} />
      <EmployeeCard profile={profile} words={words} mayOpenOthers={viewer.isAdmin}>
        <Card title={words.people.profile.session}>
          <SessionFacts session={viewer.session} words={words} />
        </Card>
      </EmployeeCard>
    </>
  );
}
