import { ChevronRight } from "lucide-react";
import { type EmployeeQuery } from "@/lib/employees/list";
import { type DepartmentNode } from "@/lib/employees/tree";
import { type Words } from "@/lib/i18n/words";
import { Link } from "../ui/link";
import { directoryAddress } from "./address";

type Props = { roots: DepartmentNode[]; path: number[]; query: EmployeeQuery; words: Words["directory"] };

/** The departments: open along the path to the chosen one, and one level below it. Each is a link, so that it works without scripts. */
export function DepartmentTree(props: Props) {
  const { query, words } = props;
  return (
    <nav aria-label={words.tree} className="text-sm">
      <Row
        href={directoryAddress(query, { department: null })}
        isCurrent={query.department === null}
        name={words.everyone}
      />
      <Level {...props} nodes={props.roots} isTop />
    </nav>
  );
}

function Level({ nodes, isTop = false, ...props }: Props & { nodes: DepartmentNode[]; isTop?: boolean }) {
  const { path, query } = props;
  return (
    <ul className={isTop ? "" : "pl-3.5"}>
      {nodes.map((node) => {
        const isOpen = path.includes(node.id) || (isTop && nodes.length === 1);
        return (
          <li key={node.id}>
            <Row
              href={directoryAddress(query, { department: node.id })}
              isCurrent={query.department === node.id}
              name={node.name}
              people={node.people}
              mark={node.children.length > 0 && <Chevron isOpen={isOpen} />}
            />
            {isOpen && node.children.length > 0 && <Level {...props} nodes={node.children} />}
          </li>
        );
      })}
    </ul>
  );
}

type RowProps = {
  href: `/admin/employees?${string}`;
  isCurrent: boolean;
  name: string;
  people?: number;
  mark?: React.ReactNode;
};

function Row({ href, isCurrent, name, people, mark }: RowProps) {
  return (
    <Link
      href={href}
      aria-current={isCurrent ? "page" : undefined}
      className="flex min-h-8 items-center gap-1.5 rounded-sm px-2 py-1 hover:bg-raised aria-[current]:bg-accent-soft aria-[current]:font-[550] aria-[current]:text-accent pointer-coarse:min-h-11"
    >
      <span className="w-4 shrink-0">{mark}</span>
      <span className="min-w-0 grow [overflow-wrap:anywhere]">{name}</span>
      {people !== undefined && (
        <span className="text-xs tabular-nums text-muted in-aria-[current]:text-accent">
          {people.toLocaleString("en")}
        </span>
      )}
    </Link>
  );
}

function Chevron({ isOpen }: { isOpen: boolean }) {
  return <ChevronRight aria-hidden="true" className={`size-4 text-muted ${isOpen ? "rotate-90" : ""}`} />;
}
