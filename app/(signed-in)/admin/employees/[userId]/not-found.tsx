import { Empty } from "@/components/notice";
import { buttonLook } from "@/components/ui/button";
import { findViewer } from "@/lib/auth/viewer";
import { currentWords } from "@/lib/i18n/current";

/** An admin reads that the employee is unknown; for everyone else there is no such page at all. */
export default async function EmployeeNotFound() {
  const [viewer, { people, missing }] = await Promise.all([findViewer(), currentWords()]);
  const isAdmin = viewer?.isAdmin ?? false;
  const { title, what } = isAdmin ? people.employee.unknown : missing;
  return (
    <Empty level="h1" title={title} what={what}>
      <a href={isAdmin ? "/admin/employees" : "/profile"} className={buttonLook()}>
        {isAdmin ? people.employee.back : missing.home}
      </a>
    </Empty>
  );
}
