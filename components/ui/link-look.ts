/** The classes of a quiet link: the accent says it acts, the underline comes when pointed at. */
export const linkLook = "tap rounded-sm text-accent underline-offset-4 hover:underline";
