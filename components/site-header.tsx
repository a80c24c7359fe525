import { type ReactNode } from "react";
import { NavLink } from "./nav-link";
import { BrandMark, LanguageSwitch, type ShellProps } from "./shell";
import { linkLook } from "./ui/button";

type Props = Pick<ShellProps, "brand" | "language" | "words"> & { isAdmin: boolean; onSignOut: () => Promise<void> };

/** On every page of a signed-in employee: the navigation, the language and signing out. */
export function SiteHeader({ brand, language, words, isAdmin, onSignOut }: Props) {
  return (
    <header className="border-b border-line bg-surface">
      <a href="#content" className="sr-only focus:not-sr-only focus:absolute focus:bg-surface focus:p-3">
        {words.skip}
      </a>
      <div className="flex flex-wrap items-center gap-x-7 gap-y-1 px-[clamp(16px,4vw,40px)] py-3.5">
        <BrandMark {...brand} />
        <Nav label={words.nav}>
          <NavLink href="/profile">{words.profile}</NavLink>
          <NavLink href="/sessions">{words.sessions}</NavLink>
          {isAdmin && <NavLink href="/admin">{words.overview}</NavLink>}
          {isAdmin && <NavLink href="/admin/employees">{words.employees}</NavLink>}
          {isAdmin && <NavLink href="/admin/sessions">{words.companySessions}</NavLink>}
          {isAdmin && <NavLink href="/admin/audit">{words.audit}</NavLink>}
        </Nav>
        <div className="ml-auto flex items-center gap-4 text-sm max-sm:order-2">
          <LanguageSwitch current={language} label={words.language} />
          <form action={onSignOut}>
            <button type="submit" className={linkLook}>
              {words.signOut}
            </button>
          </form>
        </div>
      </div>
    </header>
  );
}

function Nav({ label, children }: { label: string; children: ReactNode }) {
  return (
    <nav
      aria-label={label}
      className="flex flex-wrap gap-0.5 max-sm:order-3 max-sm:-mx-2.5 max-sm:w-[calc(100%+1.25rem)] sm:-mx-3 sm:gap-1"
    >
      {children}
    </nav>
  );
}
