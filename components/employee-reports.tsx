import { type Reports } from "@/lib/employees/reports";
import { fill } from "@/lib/i18n/fill";
import { type Words } from "@/lib/i18n/words";
import { linkLook } from "./ui/button";
import { Card } from "./ui/card";
import { Link } from "./ui/link";

/** The people whom the employee manages, each leading to their page. Most employees have none, and then there is no card. */
export function EmployeeReports({ reports, words }: { reports: Reports; words: Words["employeePage"]["reports"] }) {
  const { employees, total } = reports;
  if (total === 0) return null;
  return (
    <Card title={fill(words.title, { count: total })} isWide>
      <ul className="flex flex-wrap gap-x-5 gap-y-2.5 pointer-coarse:gap-y-6">
        {employees.map(({ userId, name }) => (
          <li key={userId} className="min-w-0 [overflow-wrap:anywhere]">
            <Link href={`/admin/employees/${encodeURIComponent(userId)}`} className={linkLook}>
              {name}
            </Link>
          </li>
        ))}
      </ul>
      {total > employees.length && (
        <p className="mt-4 text-sm text-muted">{fill(words.shown, { shown: employees.length })}</p>
      )}
    </Card>
  );
}
