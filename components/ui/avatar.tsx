const sizes = { small: "size-10 text-base", large: "size-16 text-2xl sm:size-21 sm:text-[34px]" };

type Props = { name: string; url: string | null; size?: keyof typeof sizes };

/** A face beside a name that is written out next to it, so it says nothing to screen readers. */
export function Avatar({ name, url, size = "small" }: Props) {
  return (
    <span
      aria-hidden="true"
      className={`tinted relative inline-grid shrink-0 place-items-center overflow-hidden rounded-avatar font-semibold ${sizes[size]}`}
    >
      {firstCharacter(name)}
      {url && (
        // biome-ignore lint/performance/noImgElement: DingTalk's avatars are small, already cached by it, and come from hosts that cannot be listed.
        <img src={url} alt="" referrerPolicy="no-referrer" className="absolute inset-0 size-full object-cover" />
      )}
    </span>
  );
}

/** Counts in code points, so that a rare character or an emoji is not cut in half. */
function firstCharacter(name: string): string {
  return [...name.trim()][0]?.toUpperCase() ?? "";
}
