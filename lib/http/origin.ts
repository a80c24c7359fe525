/**
 * Whether a request that changes something may come from another site. Browsers send Origin with every POST; a request
 * with neither header comes from no browser and carries no one's cookies but its sender's. (S13)
 */
export function isFromElsewhere(headers: Headers, ownOrigin: string): boolean {
  const origin = headers.get("origin");
  const site = headers.get("sec-fetch-site");
  return (origin !== null && origin !== ownOrigin) || (site !== null && site !== "same-origin");
}
