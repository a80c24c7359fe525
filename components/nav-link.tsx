"use client";

import { usePathname } from "next/navigation";
import { type ReactNode } from "react";
import { Link } from "./ui/link";

/** A link of the main navigation, which is marked on its own page. */
export function NavLink({
  href,
  children,
}: {
  href: "/profile" | "/sessions" | "/admin" | "/admin/employees" | "/admin/sessions" | "/admin/audit";
  children: ReactNode;
}) {
  const path = usePathname();
  // The other pages for admins are below the overview.
  const isHere = path === href || (href !== "/admin" && path.startsWith(`${href}/`));
  return (
    <Link
      href={href}
      aria-current={isHere ? "page" : undefined}
      className="tap rounded-sm px-2.5 py-1 sm:px-3 text-muted hover:text-ink aria-[current]:bg-raised aria-[current]:font-[550] aria-[current]:text-ink"
    >
      {children}
    </Link>
  );
}
