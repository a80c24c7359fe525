import NextLink, { type LinkProps } from "next/link";

/**
 * A link within the app. Nothing is fetched before it is pressed: each page is drawn for one person at one moment, so that Next would ask
 * the server once for every link in view, and could keep none of the answers.
 */
export function Link<Route>(props: LinkProps<Route>) {
  return <NextLink {...props} prefetch={false} />;
}
