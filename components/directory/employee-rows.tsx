"use client";

import { type ReactNode } from "react";
import { Avatar } from "../ui/avatar";
import { Link } from "../ui/link";
import { Mark, type Tone } from "../ui/mark";

/** What a row says, in words. */
export type EmployeeText = {
  userId: string;
  name: string;
  avatarUrl: string | null;
  /** Title and job number. */
  post: string;
  marks: { tone: Tone; text: string }[];
  departments: string;
  /** Null unless the employee is signed in now. */
  signedIn: { text: string; devices: string } | null;
  /** `exact` and `at` are null for an employee who never signed in. */
  lastSignIn: { text: string; exact: string | null; at: string | null };
};

type Props = { employees: EmployeeText[]; search: string };

/**
 * The rows of a page of the directory; on a phone each becomes a small card of the same cells. They are drawn in the browser, since the
 * server answers a search sooner with the words alone than with the elements around them, which are several times as long.
 */
export function EmployeeRows({ employees, search }: Props) {
  return (
    <tbody className="max-md:block">
      {employees.map((employee) => (
        <Row key={employee.userId} employee={employee} search={search} />
      ))}
    </tbody>
  );
}

type RowProps = { employee: EmployeeText; search: string };

function Row({ employee, search }: RowProps) {
  const { userId, name, avatarUrl, post, marks, departments } = employee;
  return (
    <tr className="relative border-line not-last:border-b hover:bg-raised max-md:block max-md:px-4 max-md:py-3">
      <td className="px-6 py-3 max-md:block max-md:p-0">
        <span className="flex items-center gap-3.5">
          <Avatar name={name} url={avatarUrl} />
          <span className="min-w-0">
            <span className="flex flex-wrap items-center gap-2">
              {/* The link covers the row, so that all of it can be pressed. */}
              <Link
                href={`/admin/employees/${encodeURIComponent(userId)}`}
                className="font-[550] after:absolute after:inset-0 hover:text-accent"
              >
                <Found text={name} search={search} />
              </Link>
              {marks.map(({ tone, text }) => (
                <Mark key={text} tone={tone}>
                  {text}
                </Mark>
              ))}
            </span>
            {post && (
              <span className="block text-sm text-muted">
                <Found text={post} search={search} />
              </span>
            )}
          </span>
        </span>
      </td>
      <td className="px-6 py-3 max-md:block max-md:py-0 max-md:pt-1 max-md:pr-0 max-md:pl-13.5 max-md:text-sm max-md:text-muted">
        {departments}
      </td>
      <td className="px-6 py-3 text-right text-sm text-muted max-md:block max-md:py-0 max-md:pr-0 max-md:pl-13.5 max-md:text-left">
        <LastSignIn employee={employee} />
      </td>
    </tr>
  );
}

function LastSignIn({ employee: { signedIn, lastSignIn } }: Pick<RowProps, "employee">): ReactNode {
  if (signedIn) {
    return (
      <>
        <span className="whitespace-nowrap text-ink">
          <span aria-hidden="true" className="mr-2 inline-block size-2 rounded-full bg-good" />
          {signedIn.text}
        </span>
        <span className="block">{signedIn.devices}</span>
      </>
    );
  }
  const { text, exact, at } = lastSignIn;
  if (!at) return text;
  return (
    <time dateTime={at} title={exact ?? undefined} className="whitespace-nowrap">
      {text}
    </time>
  );
}

/** Underlines where a word of the search is in a text; a word that was found by pinyin is not there. */
function Found({ text, search }: { text: string; search: string }) {
  const [word = ""] = search.trim().split(/\s+/);
  const at = word ? text.toLowerCase().indexOf(word.toLowerCase()) : -1;
  if (at < 0) return text;
  return (
    <>
      {text.slice(0, at)}
      <mark className="bg-transparent text-inherit underline decoration-accent decoration-2 underline-offset-4">
        {text.slice(at, at + word.length)}
      </mark>
      {text.slice(at + word.length)}
    </>
  );
}
