import { type Words } from "@/lib/i18n/words";
import { Empty } from "./empty";
import { buttonLook } from "./ui/button";

type Props = { userId: string; words: Words["people"]["employee"]["unavailable"] };

/** DingTalk is silent about somebody we never heard of. */
export function EmployeeUnavailable({ userId, words }: Props) {
  return (
    <Empty level="h1" title={words.title} what={words.what}>
      <a href={`/admin/employees/${encodeURIComponent(userId)}`} className={buttonLook()}>
        {words.again}
      </a>
    </Empty>
  );
}
